from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.demo.staff import staff
from services.targets.domain.proposals import Member, Staff, propose_persons
from services.targets.domain.proposals import propose_units as propose
from shared.vocabulary.organisation import LINES
from tests.unit.targets.reference import library, sheet
from tests.unit.targets.reference import units as reference_units

UNITS = [unit for unit in reference_units() if unit.layer]
LIBRARY = {one.indicator: one for one in library(sheet("indicators"))[0]}
SHARED_OUT = [one for one in LIBRARY.values() if one.is_shared_out]
SCORED = {unit.unit for unit in UNITS}


def members(number):
    return [Member(one.code, one.unit, one.line) for one in staff(number) if one.unit in SCORED]


def propose_units(indicator, units, people):
    return propose(indicator, units, Staff(people))


def staff_of(indicator, people):
    return Staff(people).of(indicator)


def persons_of(indicator, proposals, people):
    if "person" not in indicator.layers:
        return []
    pools = {one.unit: one.quantity for one in proposals}
    return [
        one
        for unit, codes in staff_of(indicator, people).items()
        for one in propose_persons(indicator, unit, pools[unit], codes)
    ]


@pytest.mark.parametrize("indicator", SHARED_OUT, ids=lambda one: one.indicator)
def test_with_the_full_staff_every_target_is_shared_out_to_the_last_piece(indicator):
    people = members(300)
    proposals, shortage = propose_units(indicator, UNITS, people)
    assert shortage is None
    assert sum(one.quantity for one in proposals) == indicator.target
    scored = {unit.unit for unit in UNITS if indicator.falls_to(unit.layer, unit.line)}
    assert scored <= {one.subject for one in proposals if one.quantity > 0}


@pytest.mark.parametrize(
    "indicator", [one for one in SHARED_OUT if "person" in one.layers], ids=lambda one: one.indicator
)
def test_persons_of_a_unit_carry_exactly_its_pool_and_nobody_more_than_the_cap(indicator):
    people = members(300)
    proposals, _ = propose_units(indicator, UNITS, people)
    by_unit = defaultdict(Decimal)
    for one in persons_of(indicator, proposals, people):
        assert 0 < one.quantity <= indicator.per_person_cap
        by_unit[one.unit] += one.quantity
    staffed = staff_of(indicator, people)
    assert dict(by_unit) == {one.unit: one.quantity for one in proposals if one.unit in staffed}


quantities = st.integers(1, 4000)


@st.composite
def cases(draw):
    indicator = replace(
        LIBRARY[draw(st.sampled_from([one.indicator for one in SHARED_OUT]))],
        target=Decimal(draw(quantities)),
        line=draw(st.sampled_from([*LINES, "all"])),
    )
    if "person" in indicator.layers:
        indicator = replace(indicator, per_person_cap=Decimal(draw(st.integers(1, 60))))
    people = [
        Member(f"P{number:03d}", draw(st.sampled_from(UNITS)).unit, draw(st.sampled_from(list(LINES))))
        for number in range(draw(st.integers(0, 40)))
    ]
    return indicator, people


@given(cases())
def test_proposals_and_shortage_together_are_the_target(case):
    indicator, people = case
    proposals, shortage = propose_units(indicator, UNITS, people)
    proposed = sum((one.quantity for one in proposals), Decimal(0))
    assert proposed + (shortage.missing if shortage else 0) == indicator.target
    assert all(one.quantity >= 0 and one.quantity % indicator.quantum == 0 for one in proposals)


@given(cases())
def test_a_shortage_means_that_everyone_is_at_their_limit(case):
    indicator, people = case
    proposals, shortage = propose_units(indicator, UNITS, people)
    if shortage and "person" in indicator.layers:
        heads = {unit: len(codes) for unit, codes in staff_of(indicator, people).items()}
        assert all(one.quantity == indicator.per_person_cap * heads.get(one.unit, 1) for one in proposals)


@given(cases())
def test_what_persons_are_given_never_exceeds_the_pool(case):
    indicator, people = case
    proposals, _ = propose_units(indicator, UNITS, people)
    pools = {one.unit: one.quantity for one in proposals}
    given_out = defaultdict(Decimal)
    for one in persons_of(indicator, proposals, people):
        given_out[one.unit] += one.quantity
    assert all(given_out[unit] == pools[unit] for unit in given_out)


@given(cases())
def test_a_proposal_is_the_same_whatever_the_order_of_the_staff(case):
    indicator, people = case
    backwards, _ = propose_units(indicator, UNITS[::-1], people[::-1])
    forwards, _ = propose_units(indicator, UNITS, people)
    assert sorted(backwards, key=lambda one: one.subject) == sorted(forwards, key=lambda one: one.subject)


def test_a_unit_that_is_scored_without_staff_in_the_line_carries_one_share():
    indicator = LIBRARY["10-01-06"]  # stations only, association_guidance
    proposals, _ = propose_units(indicator, UNITS, [])
    assert {one.subject for one in proposals} == {unit.unit for unit in UNITS if unit.kind == "station"}
    assert all(one.quantity in (2, 3) for one in proposals)


def test_a_division_with_staff_holds_their_pool_of_an_item_for_stations_and_persons():
    indicator = LIBRARY["04-02-01"]  # station|person
    proposals, _ = propose_units(indicator, UNITS, members(300))
    assert {"D01", "D02"} <= {one.subject for one in proposals if one.quantity}


def test_time_is_shared_out_in_tenths_and_things_in_whole_pieces():
    assert LIBRARY["02-02-02"].quantum == Decimal("0.1")
    assert LIBRARY["04-01-01"].quantum == 1


def test_a_rest_smaller_than_the_smallest_piece_is_told_as_missing():
    indicator = replace(LIBRARY["08-01-04"], target=Decimal("100.05"))
    proposals, shortage = propose_units(indicator, UNITS, members(300))
    assert sum(one.quantity for one in proposals) == 100
    assert shortage.missing == Decimal("0.05")
