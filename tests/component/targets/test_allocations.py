from collections import defaultdict
from decimal import Decimal

import pytest

from shared.errors import Conflict, Invalid
from tests.component.targets.world import ALLOCATION, CYCLE, OFFICE, SETUPS, World, claim, clerks, staff_actor


def test_proposals_add_up_to_every_target_within_the_caps(opened: World):
    report = opened.call("propose_allocations", cycle=CYCLE)
    missing = {one["indicator"]: Decimal(one["missing"]) for one in report["shortages"]}
    shares = defaultdict(Decimal)
    of_persons = defaultdict(Decimal)
    pools = {}
    for one in opened.pages("list_proposals", cycle=CYCLE):
        if one["layer"] == "person":
            of_persons[one["indicator"], one["unit"]] += Decimal(one["quantity"])
        else:
            shares[one["indicator"]] += Decimal(one["quantity"])
            pools[one["indicator"], one["unit"]] = Decimal(one["quantity"])
    targets = {one["indicator"]: one for one in opened.pages("list_indicators", cycle=CYCLE, rule="ratio")}
    assert shares.keys() == targets.keys()
    for code, one in targets.items():
        assert shares[code] + missing.get(code, 0) == Decimal(one["target"])
    assert of_persons
    assert all(pools[pool] == quantity for pool, quantity in of_persons.items())


def test_proposing_twice_gives_the_same(opened: World):
    opened.call("propose_allocations", cycle=CYCLE)
    first = opened.pages("list_proposals", cycle=CYCLE)
    opened.call("propose_allocations", cycle=CYCLE)
    assert opened.pages("list_proposals", cycle=CYCLE) == first


def test_accepted_proposals_are_the_allocations(allocated: World):
    proposals = [one for one in allocated.pages("list_proposals", cycle=CYCLE) if one["layer"] != "person"]
    wanted = {(one["indicator"], one["unit"]): one["quantity"] for one in proposals}
    stored = {
        (one["indicator"], one["unit"]): one["quantity"] for one in allocated.pages("list_allocations", cycle=CYCLE)
    }
    assert stored == wanted
    again = allocated.call("set_allocations", cycle=CYCLE, accept_proposals=True)
    assert again == {"changed": 0, "unchanged": len(wanted)}


def test_persons_proposals_follow_what_their_unit_was_really_given(allocated: World):
    allocated.call("set_allocations", cycle=CYCLE, allocations=[{**ALLOCATION, "quantity": "7"}])
    found = list(allocated.pages("list_proposals", cycle=CYCLE, indicator=SETUPS, unit="D01"))
    persons = [Decimal(one["quantity"]) for one in found if one["layer"] == "person"]
    assert len(persons) == len(clerks(allocated))
    assert sum(persons) == 7


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"indicator": "01-01-02"}, "indicator.not_shared_out"),
        ({"indicator": "99-01-01"}, "indicator.not_shared_out"),
        ({"unit": "X99"}, "unit.unknown"),
        ({"unit": "B00"}, "unit.unknown"),
        ({"unit": "D02", "quantity": "1.5"}, "allocation.quantum"),
        ({}, "allocation.duplicate"),
    ],
)
def test_an_allocation_that_cannot_be_is_refused_with_its_row(opened: World, wrong, code):
    with pytest.raises(Invalid, match="allocations.invalid") as refused:
        opened.call("set_allocations", cycle=CYCLE, allocations=[ALLOCATION, {**ALLOCATION, **wrong}])
    assert [(one["row"], one["code"]) for one in refused.value.errors] == [(1, code)]
    assert opened.pages("list_allocations", cycle=CYCLE) == []


def test_there_is_nothing_to_accept_before_it_is_proposed(opened: World):
    with pytest.raises(Conflict, match="proposals.none"):
        opened.call("set_allocations", cycle=CYCLE, accept_proposals=True)
    with pytest.raises(Conflict, match="proposals.none"):
        opened.call("accept_proposals", cycle=CYCLE, scope="bureau")


def test_an_allocation_does_not_fall_below_what_is_claimed_of_it(pool: World):
    claim(pool, staff_actor(clerks(pool)[0]), "200")
    with pytest.raises(Conflict, match="allocation.below_claims"):
        pool.call("set_allocations", cycle=CYCLE, allocations=[{**ALLOCATION, "quantity": "199"}])
    pool.call("set_allocations", cycle=CYCLE, allocations=[{**ALLOCATION, "quantity": "200"}])
    assert pool.pages("list_allocations", cycle=CYCLE)[0]["revision"] == 2


def test_the_balance_shows_target_allocation_and_claims(pool: World):
    claim(pool, staff_actor(clerks(pool)[0]), "200")
    claim(pool, OFFICE, "250", subject="D01")
    balance = {one["indicator"]: one for one in pool.pages("get_balance", cycle=CYCLE)}
    assert len(balance) == 82
    keys = ("target", "allocated", "claimed_by_units", "claimed_by_persons")
    assert [balance[SETUPS][key] for key in keys] == ["2900", "300", "250", "200"]
    elsewhere = {one["indicator"]: one for one in pool.pages("get_balance", cycle=CYCLE, unit="D02")}
    assert [elsewhere[SETUPS][key] for key in keys] == ["2900", "0", "0", "0"]
