"""Notices: who is told what on which day, once however many replicas look; read by whoever holds the duty."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from services.declarations.storage import projections
from services.declarations.storage.reminding import not_reminded
from services.declarations.usecases.review import reminding
from shared.actor import system
from shared.errors import NotFound
from tests.component.declarations.bureau import Bureau, ratio
from tests.component.declarations.states import CYCLE, B, person
from tests.component.declarations.test_other_tools import issue


@pytest.fixture
def told(bureau: Bureau, on: Callable[[str], None]) -> Callable[[str], list[tuple[str, str, int]]]:
    """``told("2026-02-05")`` lets that day begin: (address, kind, count) of the notices it brings."""
    on("2026-01-10")
    bureau.rule()

    def day(day: str) -> list[tuple[str, str, int]]:
        on(day)
        bureau.service.remind()
        rows = bureau.rows(f"SELECT address, kind, content FROM declarations.notice WHERE \"on\" = '{day}'")
        return sorted((row["address"], row["kind"], row["content"]["count"]) for row in rows)

    return day


def mine(rows: list[tuple[str, str, int]], *addresses: str) -> list[tuple[str, str, int]]:
    return [row for row in rows if row[0] in addresses]


def test_what_is_to_be_declared_is_told_before_the_deadline_and_once_after(told, bureau: Bureau, on):
    assert told("2026-02-01") == []
    before = told("2026-02-02")
    assert mine(before, "person:PS", "head:S01") == [("head:S01", "declare_due", 4), ("person:PS", "declare_due", 4)]
    bureau.declare("PS", ratio(), {"indicator": "08-01-01"})
    assert mine(told("2026-02-03"), "person:PS", "head:S01") == []  # told already
    assert mine(told("2026-02-05"), "person:PS") == [("person:PS", "declare_late", 2)]
    assert mine(told("2026-02-06"), "person:PS") == []


def test_nobody_is_told_to_declare_for_days_before_they_came(told, bureau: Bureau):
    bureau.handle(
        projections.keep_persons, person("PS", "S01", "routine_supervision", revision=9, places=[("2026-02-01", None)])
    )
    assert mine(told("2026-02-02"), "person:PS", "head:S01") == [("head:S01", "declare_due", 4)]
    assert mine(told("2026-03-03"), "person:PS") == [("person:PS", "declare_due", 4)]


def test_who_is_to_decide_is_told_before_the_day_after_it_and_then_the_next_head_up(told, bureau: Bureau, on):
    on("2026-02-02")
    bureau.declare("PS", ratio())
    bureau.declare("HS", ratio())
    concerned = ("head:S01", "above:S01", "assessor:D10")
    decisions = ("verify_due", "verify_late", "verify_escalated", "assess_due", "assess_late")

    def decisions_told(day: str) -> list[tuple[str, str, int]]:
        return [row for row in mine(told(day), *concerned) if row[1] in decisions]

    assert decisions_told("2026-02-03") == []
    assert decisions_told("2026-02-04") == [("above:S01", "verify_due", 1), ("head:S01", "verify_due", 1)]
    assert decisions_told("2026-02-09") == [("above:S01", "verify_late", 1), ("head:S01", "verify_late", 1)]
    assert decisions_told("2026-02-10") == [("above:S01", "verify_escalated", 2)]
    names = [
        row["declaration"]
        for row in bureau.rows("SELECT declaration FROM declarations.declaration WHERE status = 'declared'")
    ]
    bureau.decide("verify", "L1", names)
    assert decisions_told("2026-02-11") == [("assessor:D10", "assess_due", 2)]


def test_every_reminder_is_found_beside_what_it_tells_of(told, bureau: Bureau, on):
    on("2026-02-02")
    (verified, other) = (bureau.declare(by, ratio())[0]["declaration"] for by in ("PS", "QS"))
    bureau.decide("verify", "HS", [verified])
    (ordered,) = issue(bureau, "PS", deadline="2026-02-08")
    kinds = {("declaration", verified): "assess", ("declaration", other): "verify", ("task_order", ordered): "order"}
    for day in ("2026-02-04", "2026-02-06", "2026-02-09", "2026-02-10", "2026-02-13", "2026-02-20"):
        told(day)
    asked = [{"kind": kind, "fact": fact} for kind, fact in kinds]
    lies = bureau.ask("list_lying", "office", {"cycle": CYCLE, "items": asked})["items"]
    beside = {(one["kind"], one["fact"]): {each["kind"] for each in one["reminded"]} for one in lies}
    given = {row["kind"] for row in bureau.rows("SELECT kind FROM declarations.notice")}
    for item, step in kinds.items():
        assert beside[item] == {kind for kind in given if kind.startswith(f"{step}_")}, item
    assert beside["declaration", other] >= {"verify_due", "verify_late", "verify_escalated"}
    assert beside["task_order", ordered] == {"order_due", "order_late"}


def test_notices_are_read_by_whoever_holds_the_duty_each_for_themselves(told, bureau: Bureau, on):
    on("2026-02-02")
    bureau.declare("PS", ratio())
    told("2026-02-04")
    (notice,) = [one for one in notices(bureau, "HS", unread=True) if one["kind"] == "verify_due"]
    assert notice["content"]["zh"] == "1 项申报待核实，期限 2026-02-06"
    assert bureau.ask("read_notices", "HS", {"notices": [notice["notice"]]}) == {"read": 1}
    assert bureau.ask("read_notices", "HS", {"notices": [notice["notice"]]}) == {"read": 0}
    assert notice["notice"] not in {one["notice"] for one in notices(bureau, "HS", unread=True)}
    assert [one["read"] for one in notices(bureau, "HS") if one["notice"] == notice["notice"]] == [True]
    with pytest.raises(NotFound):
        bureau.ask("read_notices", "PS", {"notices": [notice["notice"]]})


def test_a_delegate_sees_the_notices_of_the_duty_they_hold(told, bureau: Bureau, on):
    on("2026-02-02")
    bureau.declare("PS", ratio())
    away = {"starts": "2026-02-02", "ends": "2026-02-20", "reason": "学习"}
    bureau.ask("delegate", "HS", {"delegate": "QS", "role": "unit_head", "target": "S01", **away})
    told("2026-02-04")
    assert "verify_due" in {one["kind"] for one in notices(bureau, "QS")}
    assert "verify_due" not in {one["kind"] for one in notices(bureau, "PS")}


def notices(bureau: Bureau, by: str, **query: Any) -> list[dict[str, Any]]:
    first = bureau.ask("list_notices", by, {"limit": 1, **query})
    found: list[dict[str, Any]] = first["items"]
    if first["next"]:
        found = found + bureau.ask("list_notices", by, {"before": first["next"], **query})["items"]
    return found


def test_replicas_that_look_at_once_tell_everything_once(told, bureau: Bureau, on):
    on("2026-02-02")
    day = date(2026, 2, 2)

    def look(_: int) -> int:
        with bureau.sessions.begin(system(B)) as session:
            return reminding.remind(session, B, CYCLE, day)

    with ThreadPoolExecutor(4) as pool:
        written = sorted(pool.map(look, range(4)))
    assert written[:3] == [0, 0, 0]
    assert written[3] == bureau.count("notice") > 0
    with bureau.sessions.begin(system(B)) as session:
        assert not_reminded(session, day) == []


def test_a_bureau_in_which_it_fails_keeps_no_other_waiting(bureau: Bureau, on, monkeypatch: pytest.MonkeyPatch):
    on("2026-01-10")
    bureau.rule()
    on("2026-02-02")
    remind = reminding.remind

    def reminded(session: Any, code: str, *given: Any) -> None:
        assert code == B
        remind(session, code, *given)

    monkeypatch.setattr("services.declarations.service.not_reminded", lambda *_: [("A00", CYCLE), (B, CYCLE)])
    monkeypatch.setattr(reminding, "remind", reminded)
    bureau.service.remind()
    assert bureau.rows("SELECT address FROM declarations.notice WHERE \"on\" = '2026-02-02'")
