"""The demo bureau's staff: the same everywhere, every position filled, enough people for the library's targets."""

from collections import Counter

import pytest

from ops.demo.accounts import DESKS, PANEL, accounts, assessing_units
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


# What brings a second role: a seat on the panel, two lines of a leader, a section of two people with a desk and the assessing.
TWO = {
    *((position, ("panel", "unit_head")) for position in PANEL if position != "B-01"),
    *(("B-01", ("leader", "panel")), ("B-02", ("leader", "leader")), ("B-04", ("leader", "leader"))),
    ("D11-02", ("assessor", "auditor")),
}


def test_beside_their_own_items_everybody_has_one_role_but_those_whose_position_brings_two() -> None:
    members = {member.code: member for member in staff(300)}
    several = set()
    for account in accounts(staff(300)):
        roles = tuple(sorted(grant.role for grant in account.grants if grant.role != "staff"))
        if len(roles) > 1:
            several.add((members[account.person].position, roles))
    assert several == TWO


def test_in_the_smallest_bureau_more_roles_lie_with_heads_who_have_nobody_else_and_with_the_only_other_one() -> None:
    members = {member.code: member for member in staff(SMALLEST)}
    sizes = Counter(member.unit for member in members.values())
    for account in accounts(staff(SMALLEST)):
        one, held = members[account.person], {grant.role for grant in account.grants} - {"staff", "panel", "leader"}
        assert len(held) <= 1 or sizes[one.unit] <= 2, account
        assert sizes[one.unit] == 1 or len(held) <= 2, account


@pytest.mark.parametrize("n", [SMALLEST, 60, 300])
def test_every_desk_is_one_persons_and_every_section_has_one_assessor(n: int) -> None:
    held = Counter((grant.role, grant.target) for account in accounts(staff(n)) for grant in account.grants)
    sections = assessing_units() & {member.unit for member in staff(n)}
    assert all(held[role, None] == 1 for role in DESKS)
    assert all(held["assessor", section] == 1 for section in sections)


def test_a_role_is_entered_by_somebody_who_was_introduced_with_it_before() -> None:
    """The one-click roles of a bureau of 30, by which the console's tests enter."""
    first: dict[str, str] = {}
    for account in accounts(staff(SMALLEST)):
        first.setdefault(account.role, account.person)
    shown = {"leader": "P0001", "assessor": "P0002", "panel": "P0010", "hr": "P0011", "auditor": "P0012"}
    more = {"devices": "P0015", "complaints_centre": "P0017", "unit_head": "P0019", "staff": "P0020", "office": "P0024"}
    assert first == shown | more


def test_the_panel_are_people_with_a_position_of_their_own() -> None:
    members = {member.code: member for member in staff(300)}
    panel = [a.person for a in accounts(staff(300)) if any(grant.role == "panel" for grant in a.grants)]
    assert {members[person].position for person in panel} == set(PANEL)
