"""Who moves to another line owes each line's items for the months in that line: what is due, to-dos, reminders and declaring agree."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.declarations.service import DeclarationsService
from services.declarations.storage import projections
from shared.events import Assignment
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.states import CYCLE, B, indicator, person
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

OLD, NEW, MORE = "08-09-09", "05-09-09", "05-09-10"  # of special, and two of routine supervision
LINES = ("special_supervision", "routine_supervision")


@pytest.fixture
def http(database: Databases, on: Callable[[str], None]) -> Iterator[World]:
    on("2026-12-01")
    with world_of(database, DeclarationsService(), B) as made:
        bureau = Bureau(made.service)
        settle_in(bureau)
        codes = (NEW, MORE)
        bureau.handle(
            projections.keep_indicators, *(indicator(one, "deduct", {"per": "1"}, line=LINES[1]) for one in codes)
        )
        days = ((date(2026, 1, 1), date(2026, 10, 31)), (date(2026, 11, 1), None))
        stays = [Assignment("S01", line, "X", False, *own) for line, own in zip(LINES, days, strict=True)]
        bureau.handle(projections.keep_persons, replace(person("PS", "S01", LINES[1], revision=9), assignments=stays))
        yield made


def due(client: Any, period: str) -> set[str]:
    told = client.get(f"/api/v1/declarations/due?cycle={CYCLE}&period={period}").json
    codes = {one["indicator"] for one in told["items"]}
    assert told["expected"] == len(codes)
    return codes


def test_a_period_lists_the_items_of_the_line_of_then(http: World) -> None:
    staff = http.log_in("PS", "staff", person="PS")
    march, november = due(staff, "2026-M03"), due(staff, "2026-M11")
    assert march ^ november == {OLD, NEW, MORE}
    assert OLD in march
    assert NEW in november
    mine = staff.get(f"/api/v1/declarations/mine?cycle={CYCLE}&period=2026-M03&limit=200").json["items"]
    assert {one["indicator"] for one in mine} == march
    left = {one["period"]: one["left"] for one in staff.get("/api/v1/to-dos").json["lists"]["to_declare"]["items"]}
    assert (left["2026-M03"], left["2026-M11"]) == (len(march), len(november))


def test_what_the_line_of_then_owed_can_still_be_declared_and_that_of_another_never_was(http: World) -> None:
    staff = http.log_in("PS", "staff", person="PS")
    entry = {"counts": {"numerator": "1", "denominator": "1"}, "remark": "", "evidence": [], "indicator": OLD}

    def declare(period: str, code: str = OLD) -> Any:
        body = {"cycle": CYCLE, "period": period, "entries": [{**entry, "indicator": code}], "draft": True}
        return staff.post("/api/v1/declarations", json=body)

    assert declare("2026-M03").status_code == 201, declare("2026-M03").json
    assert OLD in due(staff, "2026-M03")  # a draft
    refused = declare("2026-M11")
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "indicator.not_applicable")


def test_reminders_count_the_items_of_the_line_of_then(http: World, on: Callable[[str], None]) -> None:
    on("2026-01-10")
    bureau = Bureau(http.service)
    bureau.rule()
    staff, numbers = http.log_in("PS", "staff", person="PS"), []
    for day, period in (("2026-04-02", "2026-M03"), ("2026-12-02", "2026-M11")):
        on(day)
        bureau.service.remind()
        rows = bureau.rows(
            f"SELECT kind, content FROM declarations.notice WHERE address = 'person:PS' AND \"on\" = '{day}'"
        )
        (told,) = (row["content"]["count"] for row in rows if row["kind"] == "declare_due")
        numbers.append(len(due(staff, period)))
        assert told == numbers[-1]
    assert numbers[1] > numbers[0]
