"""The demo bureau's staff: the same everywhere, every position filled, enough people for the library's targets."""

from collections import Counter

import pytest

from ops.demo.accounts import PANEL, accounts
from ops.demo.reference import positions, units
from ops.demo.staff import SMALLEST, staff

# data/reference/README.md §3, 至少承担人数
AT_LEAST = {
    "access": 18,
    "routine_supervision": 40,
    "special_supervision": 36,
    "enforcement_support": 20,
    "association_guidance": 14,
}
SCORED = ("division", "station", "centre", "association")


def test_staff_are_the_same_every_time() -> None:
    assert staff(300) == staff(300)


def test_a_smaller_bureau_is_the_beginning_of_a_larger_one() -> None:
    assert staff(300)[:60] == staff(60)


def test_names_and_codes_are_unique() -> None:
    members = staff(1000)
    assert len({member.name for member in members}) == len({member.code for member in members}) == 1000


def test_every_position_but_the_panels_is_filled() -> None:
    filled = {member.position for member in staff(300)}
    assert filled == {position.code for position in positions() if position.unit_kind != "body"}


def test_every_station_fills_every_station_position() -> None:
    wanted = {position.code for position in positions() if position.unit_kind == "station"}
    for unit in units():
        if unit.kind == "station":
            assert {member.position for member in staff(300) if member.unit == unit.code} == wanted


def test_lines_have_the_people_that_the_targets_need() -> None:
    by_line = Counter(member.line for member in staff(300))
    assert all(by_line[line] >= least for line, least in AT_LEAST.items())
    assert sum(by_line[line] for line in AT_LEAST) >= 120


@pytest.mark.parametrize("n", [SMALLEST, 31, 60, 171, 300, 700])
def test_every_unit_has_exactly_one_head(n: int) -> None:
    members = staff(n)
    heads = Counter(member.unit for member in members if member.head)
    assert heads == dict.fromkeys({member.unit for member in members}, 1)


def test_the_smallest_bureau_has_all_sections_a_leader_and_a_station_with_all_five_lines() -> None:
    members = staff(SMALLEST)
    sections = {unit.code for unit in units() if unit.kind in ("division", "centre", "association")}
    assert sections <= {member.unit for member in members}
    assert any(member.unit == "B00" and member.head for member in members)
    assert {member.line for member in members if member.unit == "S01"} == set(AT_LEAST)


def test_fewer_people_than_the_units_need_is_refused() -> None:
    with pytest.raises(ValueError):
        staff(SMALLEST - 1)


def test_everyone_has_an_account_for_their_own_items() -> None:
    for account in accounts(staff(300)):
        assert any(grant.role == "staff" and grant.scope == "own" for grant in account.grants)


def test_every_unit_is_headed_by_an_account() -> None:
    headed = {grant.target for account in accounts(staff(300)) for grant in account.grants if grant.role == "unit_head"}
    assert headed == {unit.code for unit in units() if unit.kind in SCORED}


@pytest.mark.parametrize("n", [SMALLEST, 300])
def test_every_role_is_held(n: int) -> None:
    held = {grant.role for account in accounts(staff(n)) for grant in account.grants}
    assert held == {
        "staff",
        "unit_head",
        "assessor",
        "hr",
        "panel",
        "leader",
        "office",
        "complaints_centre",
        "devices",
        "auditor",
    }


def test_the_panel_are_people_with_a_position_of_their_own() -> None:
    members = {member.code: member for member in staff(300)}
    panel = [a.person for a in accounts(staff(300)) if any(grant.role == "panel" for grant in a.grants)]
    assert {members[person].position for person in panel} == set(PANEL)
