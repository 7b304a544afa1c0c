from dataclasses import replace
from decimal import Decimal

import pytest

from services.targets.domain import permissions
from services.targets.domain.claims import Subject, refuse_amount, refuse_item, refuse_target
from shared.actor import Actor, Grant
from tests.unit.targets.reference import library, sheet

LIBRARY = {one.indicator: one for one in library(sheet("indicators"))[0]}
SETUPS = LIBRARY["04-01-01"]  # access, all layers, ratio, cap 260
CLERK = Subject("P0001", "person", "access", "D01")
STATION = Subject("S01", "station", "all", "S01")


def code(refusal):
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("indicator", "subject", "refused"),
    [
        ("04-01-01", CLERK, None),
        ("04-01-01", STATION, None),
        ("04-01-01", replace(CLERK, line="enforcement_support"), "claim.not_eligible"),
        ("04-02-01", Subject("D01", "division", "access", "D01"), "claim.not_eligible"),
        ("01-01-03", STATION, "claim.not_eligible"),
        ("01-03-01", CLERK, "claim.veto"),
        ("01-01-02", CLERK, None),
    ],
)
def test_an_item_is_claimed_by_those_who_are_scored_on_it(indicator, subject, refused):
    assert code(refuse_item(LIBRARY[indicator], subject)) == refused


@pytest.mark.parametrize(
    ("indicator", "target", "refused"),
    [
        ("04-01-01", "12", None),
        ("04-01-01", "12.5", "claim.quantum"),
        ("04-01-01", "0", "claim.quantity_needed"),
        ("04-01-01", None, "claim.quantity_needed"),
        ("02-02-02", "12.5", None),
        ("02-02-02", "12.55", "claim.quantum"),
        ("01-01-02", None, None),
        ("01-01-02", "1", "claim.no_quantity"),
    ],
)
def test_a_quantity_goes_with_items_that_have_one(indicator, target, refused):
    assert code(refuse_target(LIBRARY[indicator], Decimal(target) if target else None)) == refused


@pytest.mark.parametrize(
    ("layer", "target", "allocated", "taken", "refused"),
    [
        ("person", 100, 100, 0, None),
        ("person", 100, 199, 100, "claim.exhausted"),
        ("person", 261, 1000, 0, "claim.above_cap"),
        ("person", 1, 100, 120, "claim.exhausted"),
        ("station", 261, 261, 0, None),
        ("station", 262, 261, 0, "claim.exhausted"),
    ],
)
def test_nobody_claims_more_than_is_left_or_one_may_carry(layer, target, allocated, taken, refused):
    assert code(refuse_amount(SETUPS, layer, Decimal(target), Decimal(allocated), Decimal(taken))) == refused


def actor(*grants, person=None):
    return Actor("a", "a", "BH", person, grants)


OFFICE = actor(Grant("office", "bureau"))
HEAD = actor(Grant("unit_head", "unit", "D01"), person="P0009")
STAFF = actor(Grant("staff", "own"), person="P0001")
ROOT = actor(Grant("admin", "installation"))


def test_a_head_claims_for_their_unit_and_its_people_only():
    assert permissions.may_claim_for_unit(HEAD, "D01")
    assert not permissions.may_claim_for_unit(HEAD, "D02")
    assert permissions.may_claim_for_person(HEAD, "P0001", "D01")
    assert not permissions.may_claim_for_person(HEAD, "P0001", "D02")


def test_staff_claim_for_themselves_only():
    assert permissions.may_claim_for_person(STAFF, "P0001", "D01")
    assert not permissions.may_claim_for_person(STAFF, "P0002", "D01")
    assert not permissions.may_claim_for_unit(STAFF, "D01")


@pytest.mark.parametrize(
    ("ask", "allowed"),
    [
        (permissions.may_manage_bureaus, {"root"}),
        (permissions.may_manage_organisation, {"root", "office"}),
        (permissions.may_manage_cycle, {"office"}),
        (permissions.may_see_drafts, {"office"}),
    ],
)
def test_each_role_may_do_its_own_part(ask, allowed):
    everyone = {"root": ROOT, "office": OFFICE, "head": HEAD, "staff": STAFF}
    assert {name for name, one in everyone.items() if ask(one)} == allowed
