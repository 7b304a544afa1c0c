"""Deciding in somebody's place: made by whom, in force when, on record with every decision; units with two heads or none."""

from typing import Any

import pytest

from services.declarations.storage import projections
from shared.actor import Grant
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from tests.component.declarations.bureau import Bureau, ratio, refusal
from tests.component.declarations.states import CYCLE, actor, person, unit

AWAY = {"starts": "2026-02-02", "ends": "2026-02-06", "reason": "赴省局培训"}


def delegate(bureau: Bureau, by: str = "HS", **changes: Any) -> dict[str, Any]:
    body = {"delegate": "QS", "role": "unit_head", "target": "S01", **AWAY, **changes}
    return bureau.ask("delegate", by, body)


def test_a_delegate_verifies_in_the_heads_place_and_it_is_on_record(bureau: Bureau, on):
    on("2026-02-01")
    (one,) = bureau.declare("PS", ratio())
    made = delegate(bureau)
    assert (made["status"], made["in_force"]) == ("active", False)
    with pytest.raises(Forbidden):
        bureau.decide("verify", "QS", [one["declaration"]])
    on("2026-02-03")
    assert bureau.ask("list_to_dos", "QS", {})["lists"]["to_verify"]["count"] == 1
    bureau.decide("verify", "QS", [one["declaration"]])
    shown = bureau.ask("get_declaration", "PS", {"cycle": CYCLE, "declaration": one["declaration"]})
    assert (shown["verified_by"], shown["verified_for"]) == ("QS", "HS")
    (line,) = bureau.rows("SELECT account, after FROM declarations.audit WHERE action = 'declaration.delegated'")
    assert line == {"account": "a-QS", "after": '{"by":"QS","for":"HS"}'}


@pytest.mark.parametrize("day", ["2026-02-01", "2026-02-07"])
def test_before_and_after_its_days_a_delegation_gives_nothing(bureau: Bureau, on, day):
    on("2026-02-01")
    (one,) = bureau.declare("PS", ratio())
    delegate(bureau)
    on(day)
    with pytest.raises(Forbidden):
        bureau.decide("verify", "QS", [one["declaration"]])


def test_a_delegate_decides_on_all_that_the_principal_would_but_not_on_their_own(bureau: Bureau, on):
    on("2026-02-03")
    own = bureau.declare("QS", ratio())[0]["declaration"]
    heads = bureau.declare("HS", ratio())[0]["declaration"]
    stations = bureau.declare("HS", ratio(subject="S01"))[0]["declaration"]
    delegate(bureau)
    bureau.ask("delegate", "L1", {"delegate": "QS", "role": "leader", **AWAY})
    assert {one["declaration"] for one in bureau.ask("list_to_dos", "QS", {})["lists"]["to_verify"]["items"]} == {
        heads,
        stations,
    }
    with pytest.raises(Forbidden) as raised:
        bureau.decide("verify", "QS", [own])
    assert refusal(raised) == (0, "own.decision")


def test_an_assessor_hands_over_and_the_verifier_still_does_not_assess(bureau: Bureau, on):
    on("2026-02-03")
    (one,) = bureau.declare("PS", ratio())
    bureau.ask("delegate", "P10", {"delegate": "HS", "role": "assessor", "target": "D10", **AWAY})
    bureau.decide("verify", "HS", [one["declaration"]])
    with pytest.raises(Forbidden) as raised:
        bureau.decide("assess", "HS", [one["declaration"]])
    assert refusal(raised)[0] == 0
    bureau.ask("delegate", "R1", {"delegate": "Q10", "role": "assessor", "target": "D10", **AWAY})
    assert bureau.decide("assess", "Q10", [one["declaration"]])[0]["status"] == "assessed"
    assert bureau.rows("SELECT assessed_by, assessed_for FROM declarations.declaration") == [
        {"assessed_by": "Q10", "assessed_for": "R1"}
    ]


def test_it_ends_at_once_where_it_is_ended_or_the_principal_has_moved_on(bureau: Bureau, on):
    on("2026-02-03")
    (one,) = bureau.declare("PS", ratio())
    made = delegate(bureau)
    bureau.ask("end_delegation", "HS", {"delegation": made["delegation"]})
    with pytest.raises(Forbidden):
        bureau.decide("verify", "QS", [one["declaration"]])
    with pytest.raises(Conflict):
        bureau.ask("end_delegation", "HS", {"delegation": made["delegation"]})
    delegate(bureau)
    bureau.handle(projections.keep_persons, person("HS", "D09", "enforcement_support", revision=2))
    with pytest.raises(Forbidden):
        bureau.decide("verify", "QS", [one["declaration"]])


@pytest.mark.parametrize(
    ("by", "changes", "raises", "code"),
    [
        ("QS", {"delegate": "PS"}, Forbidden, "delegation.not_held"),
        (
            "HS",
            {"target": None},
            Invalid,
            "delegation.target",
        ),  # one unit's head is not every unit's: of which is asked first
        ("L2", {"role": "leader", "target": None}, Forbidden, "delegation.not_held"),  # one line's leader neither
        ("L2", {"role": "leader", "target": "access"}, Forbidden, "delegation.not_held"),
        ("PS", {"principal": "HS"}, Forbidden, "delegation.not_yours"),
        ("office", {"principal": "P10", "role": "assessor", "target": "D10"}, Conflict, "delegation.not_head"),
        ("HS", {"delegate": "HS"}, Invalid, "delegation.self"),
        ("HS", {"delegate": "nobody"}, Invalid, "person.unknown"),
        ("HS", {"role": "panel", "target": None}, Invalid, "delegation.role"),
        ("HS", {"ends": "2026-01-31"}, Invalid, "delegation.span"),
        ("HS", {"ends": "2026-12-31"}, Invalid, "delegation.long"),
    ],
)
def test_only_what_one_holds_is_handed_over_within_limits(bureau: Bureau, on, by, changes, raises, code):
    on("2026-02-01")
    with pytest.raises(raises) as raised:
        delegate(bureau, by, **changes)
    assert raised.value.code == code
    assert bureau.count("delegation") == 0


def test_the_office_does_it_for_a_head_who_is_away_already_and_never_twice(bureau: Bureau, on):
    on("2026-02-03")
    assert delegate(bureau, "office", principal="HS")["made_by"] == "office"
    with pytest.raises(Conflict) as raised:
        delegate(bureau, "HS", delegate="PS")
    assert raised.value.code == "delegation.overlaps"
    assert len(bureau.ask("list_delegations", "office", {"active": True})["items"]) == 1
    assert bureau.ask("list_delegations", "P9", {})["items"] == []
    with pytest.raises(NotFound):
        bureau.ask("end_delegation", "HS", {"delegation": "none"})


SECOND = actor("V01", Grant("unit_head", "unit", "S01"))


def test_either_of_two_heads_verifies_the_staff_and_neither_the_others_item(bureau: Bureau):
    bureau.handle(projections.keep_persons, person("V01", "S01", "all", head=True))
    staff = [bureau.declare(by, ratio("0"))[0]["declaration"] for by in ("PS", "QS")]
    first = bureau.declare("HS", ratio("0"))[0]["declaration"]
    bureau.ask("verify_declarations", SECOND, {"cycle": CYCLE, "declarations": [{"declaration": staff[0]}]})
    bureau.decide("verify", "HS", [staff[1]])
    with pytest.raises(Forbidden):
        bureau.ask("verify_declarations", SECOND, {"cycle": CYCLE, "declarations": [{"declaration": first}]})
    bureau.decide("verify", "L1", [first])


def test_without_any_head_the_next_one_up_verifies_however_far_up_that_is(bureau: Bureau):
    """A team under a division that has no head either: the division's parent is next."""
    team = unit("T08", "division", "special_supervision")
    bureau.handle(projections.keep_units, type(team)(**{**vars(team), "parent": "D08"}))
    bureau.handle(projections.keep_persons, person("PT", "T08", "special_supervision"))
    (one,) = bureau.ask("declare_items", actor("PT"), {"cycle": CYCLE, "period": "2026-M01", "entries": [ratio("0")]})[
        "declarations"
    ]
    top = actor("L3", Grant("unit_head", "unit", "B00"))
    shown = bureau.ask("list_to_dos", top, {})["lists"]["to_verify"]
    assert [item["declaration"] for item in shown["items"]] == [one["declaration"]]
    bureau.ask("verify_declarations", top, {"cycle": CYCLE, "declarations": [{"declaration": one["declaration"]}]})


@pytest.mark.parametrize("role", ["unit_head", "assessor"])
def test_whose_role_is_of_a_unit_is_told_to_name_it(bureau: Bureau, on, role):
    on("2026-02-01")
    with pytest.raises(Invalid) as raised:
        delegate(bureau, role=role, target=None)
    (error,) = raised.value.errors
    assert (error["code"], error["field"]) == ("delegation.target", "target")
    assert "请写明是哪个科所的" in error["zh"]
