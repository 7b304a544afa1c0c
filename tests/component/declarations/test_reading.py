"""Lists, what is due, to-dos and the replay."""

import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from services.declarations.storage import projections
from services.declarations.usecases.review import decide
from shared.actor import system
from shared.contracts.declarations import declarations as contract
from shared.errors import Forbidden, Invalid, NotFound
from tests.component.declarations.bureau import Bureau, ratio
from tests.component.declarations.states import ACTORS, CYCLE, attendance, person


def ids(page: dict[str, Any], key: str = "subject") -> list[str]:
    return sorted({one[key] for one in page["items"]})


def test_everybody_sees_their_own_heads_their_unit_assessors_what_they_assess(bureau: Bureau):
    for by in ("PS", "QS", "HS", "Q10", "P9"):
        bureau.declare(by, ratio("0"))
    bureau.declare("PS", ratio("0", period="2026-M02"), draft=True)
    seen = {
        by: ids(bureau.ask("list_declarations", by, {"cycle": CYCLE})) for by in ("PS", "HS", "P10", "L2", "K1", "P8")
    }
    everybody = ["HS", "P9", "PS", "Q10", "QS"]
    assert seen == {
        "PS": ["PS"],
        "HS": ["HS", "PS", "QS"],
        "P10": ["HS", "P9", "PS", "QS"],
        "L2": everybody,
        "K1": everybody,
        "P8": [],
    }


def test_drafts_are_their_owners_alone(bureau: Bureau):
    (draft,) = bureau.declare("PS", ratio("0"), draft=True)
    assert len(bureau.ask("list_declarations", "PS", {"cycle": CYCLE})["items"]) == 1
    assert bureau.ask("list_declarations", "HS", {"cycle": CYCLE})["items"] == []
    with pytest.raises(NotFound):
        bureau.ask("get_declaration", "auditor", {"cycle": CYCLE, "declaration": draft["declaration"]})


def test_a_list_is_filtered_and_paged(bureau: Bureau):
    for period in ("2026-M01", "2026-M02", "2026-M03"):
        bureau.declare("PS", ratio("0", period=period))
    bureau.declare("QS", ratio("0"))
    first = bureau.ask("list_declarations", "HS", {"cycle": CYCLE, "unit": "S01", "status": "declared", "limit": 3})
    rest = bureau.ask("list_declarations", "HS", {"cycle": CYCLE, "unit": "S01", "limit": 3, "after": first["next"]})
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (3, 1, None)
    assert ids(bureau.ask("list_declarations", "HS", {"cycle": CYCLE, "period": "2026-M01"})) == ["PS", "QS"]


def test_due_shows_rule_target_and_prefill_of_what_is_left(bureau: Bureau):
    bureau.handle(
        projections.keep_figures, attendance("PS", "2026-01", {"late_early": {"late": "2"}}), source="attendance"
    )
    query = {"cycle": CYCLE, "period": "2026-M01"}
    due = bureau.ask("list_due", "PS", query)
    by_code = {one["indicator"]: one for one in due["items"]}
    assert sorted(by_code) == ["01-01-01", "02-01-01", "06-06-06", "08-01-01"]
    assert by_code["01-01-01"]["target"] == 10
    assert (by_code["02-01-01"]["prefill"], str(by_code["02-01-01"]["prefill_points"])) == (
        {"late": 2, "early": 0},
        "7.00",
    )
    assert by_code["08-01-01"]["not_applicable"]
    bureau.declare("PS", ratio(), {"indicator": "02-01-01"})
    bureau.declare("PS", ratio("0", indicator="06-06-06"), draft=True)
    left = bureau.ask("list_due", "PS", query)
    assert (left["expected"], [(one["indicator"], one["status"]) for one in left["items"]]) == (
        4,
        [("06-06-06", "draft"), ("08-01-01", None)],
    )


def test_due_items_follow_layer_and_line(bureau: Bureau):
    station = bureau.ask("list_due", "HS", {"cycle": CYCLE, "period": "2026-M01", "subject": "S01"})
    assert ids(station, "indicator") == ["01-01-01", "06-06-06", "08-01-01", "08-09-09"]
    assert "08-09-09" in ids(bureau.ask("list_due", "QS", {"cycle": CYCLE, "period": "2026-M01"}), "indicator")
    assert ids(bureau.ask("list_due", "QS", {"cycle": CYCLE, "period": "2026-Q1"}), "indicator") == ["01-01-02"]


def test_others_due_items_are_not_shown(bureau: Bureau):
    query = {"cycle": CYCLE, "period": "2026-M01", "subject": "PS"}
    with pytest.raises(Forbidden):
        bureau.ask("list_due", "QS", query)
    assert bureau.ask("list_due", "HS", query)["subject"] == "PS"
    with pytest.raises(Invalid):
        bureau.ask("list_due", "PS", {**query, "period": "2026-M77"})


def lists(bureau: Bureau, by: str) -> dict[str, int]:
    to_dos = bureau.ask("list_to_dos", by, {})["lists"]
    return {name: one["count"] for name, one in to_dos.items() if one["count"] and name != "to_declare"}


def test_to_dos_follow_an_item_from_desk_to_desk(bureau: Bureau):
    (one,) = bureau.declare("PS", ratio())
    (heads,) = bureau.declare("HS", ratio())
    assert (lists(bureau, "HS"), lists(bureau, "L1"), lists(bureau, "PS")) == ({"to_verify": 1}, {"to_verify": 1}, {})
    bureau.decide("verify", "HS", [one["declaration"]])
    bureau.decide("verify", "L1", [heads["declaration"]])
    assert (lists(bureau, "HS"), lists(bureau, "P10"), lists(bureau, "P9")) == ({}, {"to_assess": 2}, {})


def test_every_to_verify_can_be_verified_and_nothing_else(bureau: Bureau):
    """The lists and the permissions are two tellings of one rule: they agree for everybody."""
    everything = [
        bureau.declare(by, ratio("0", subject=subject))[0]["declaration"]
        for by, subject in [
            ("PS", "PS"),
            ("HS", "HS"),
            ("HS", "S01"),
            ("P8", "P8"),
            ("H10", "H10"),
            ("H10", "D10"),
            ("Q10", "Q10"),
        ]
    ]
    for by in ("L1", "L2", "HS", "H9", "H10", "P10", "PS", "K1", "office"):
        listed = {one["declaration"] for one in bureau.ask("list_to_dos", by, {})["lists"]["to_verify"]["items"]}
        possible = {one for one in everything if may_verify(bureau, by, one)}
        assert listed == possible, by


def may_verify(bureau: Bureau, by: str, declaration: str) -> bool:
    """Tried and taken back: with a stale revision the assessor, too, would be told that somebody was faster."""
    command = {"cycle": CYCLE, "declarations": [{"declaration": declaration}]}
    with Session(bureau.sessions.engine) as session:
        session.info.update(actor=ACTORS[by], schema="declarations")
        try:
            decide.verify_declarations(session, ACTORS[by], contract.verify_declarations.decode(command))
        except Forbidden:
            return False
        finally:
            session.rollback()
    return True


def test_what_is_left_to_declare_is_counted_by_period(bureau: Bureau):
    before = bureau.ask("list_to_dos", "PS", {})["lists"]["to_declare"]
    january = next(one for one in before["items"] if one["period"] == "2026-M01")
    bureau.declare("PS", ratio())
    after = bureau.ask("list_to_dos", "PS", {})["lists"]["to_declare"]
    assert (january["left"], before["count"] - after["count"]) == (4, 1)


def test_periods_without_a_day_on_which_one_was_there_are_not_waited_for(bureau: Bureau):
    bureau.handle(
        projections.keep_persons, person("PS", "S01", "routine_supervision", revision=9, places=[("2026-02-15", None)])
    )
    items = bureau.ask("list_to_dos", "PS", {})["lists"]["to_declare"]["items"]
    assert {"2026-M01", "2026-M02"} & {one["period"] for one in items} == {"2026-M02"}
    asked = {
        month: bureau.ask("list_due", "PS", {"cycle": CYCLE, "period": f"2026-M{month}"}) for month in ("01", "02")
    }
    assert [asked[month]["expected"] for month in ("01", "02")] == [0, 4]
    bureau.declare("PS", ratio())  # what was done all the same may be declared


def test_a_replay_sends_every_state_once_more_and_audits_nothing(bureau: Bureau):
    declared = [bureau.declare("PS", ratio("0", period=f"2026-M0{month}"))[0] for month in range(1, 6)]
    veto = {"indicator": "01-03-05", "subject": "PS", "reason": "瞒报"}
    bureau.ask("propose_vetoes", "K1", {"cycle": CYCLE, "vetoes": [veto]})
    audited, sent = bureau.count("audit"), bureau.count("outbox")
    after = None
    while True:
        page = bureau.ask("replay_state", system(""), {"after": after, "limit": 2})
        after = page["next"]
        if after is None:
            break
    bodies = [
        json.loads(row["body"])
        for row in bureau.rows(f"SELECT body FROM declarations.outbox ORDER BY id OFFSET {sent}")
    ]
    states = [state for body in bodies for state in body]
    replayed = {state["declaration"]: state["revision"] for state in states if "declaration" in state}
    assert replayed == {one["declaration"]: one["revision"] for one in declared}
    assert (len(states), bureau.count("audit")) == (6, audited)


def test_only_the_administrator_replays(bureau: Bureau):
    bureau.ask("replay_state", "admin", {})
    with pytest.raises(Forbidden):
        bureau.ask("replay_state", "K1", {})
    for cursor in ("x", '["nothing"]', '["veto","a","b"]', "[]", "{}"):
        with pytest.raises(Invalid):
            bureau.ask("replay_state", "admin", {"after": cursor})
