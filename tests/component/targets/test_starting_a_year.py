import time
from decimal import Decimal

import pytest

from shared.actor import Grant
from shared.errors import Forbidden, Invalid
from tests.component.targets.world import (
    ADMIN,
    CYCLE,
    LIBRARY,
    OFFICE,
    SETUPS,
    World,
    claim,
    clerks,
    sheets,
    staff_actor,
)


def test_accepting_for_oneself_a_unit_and_the_bureau_takes_each_proposal_once(allocated: World):
    person = clerks(allocated)[0]
    own = allocated.call("accept_proposals", staff_actor(person), cycle=CYCLE)
    head = staff_actor("P0500", Grant("unit_head", "unit", "D01"))
    unit = allocated.call("accept_proposals", head, cycle=CYCLE, scope="unit", unit="D01")
    whole = allocated.call("accept_proposals", cycle=CYCLE, scope="bureau")
    assert own["claimed"] > 0
    assert unit["claimed"] > 0
    assert [one["skipped"] for one in (own, unit, whole)] == [0, 0, 0]
    assert allocated.call("accept_proposals", cycle=CYCLE, scope="bureau")["claimed"] == 0
    claims = allocated.pages("list_claims", cycle=CYCLE)
    assert len(claims) == own["claimed"] + unit["claimed"] + whole["claimed"] == len(allocated.states("ClaimChanged"))
    proposals = {
        (one["indicator"], one["subject"]): one["quantity"] for one in allocated.pages("list_proposals", cycle=CYCLE)
    }
    assert all(proposals[one["indicator"], one["subject"]] == one["target"] for one in claims)


def test_a_unit_does_not_claim_the_pool_of_an_item_that_only_persons_are_scored_on(allocated: World):
    allocated.call("accept_proposals", cycle=CYCLE, scope="bureau")
    layers = {one["indicator"]: one["layers"] for one in allocated.pages("list_indicators", cycle=CYCLE)}
    assert all(one["layer"] in layers[one["indicator"]] for one in allocated.pages("list_claims", cycle=CYCLE))


def test_what_the_allocation_no_longer_holds_is_skipped_and_told(allocated: World):
    first = clerks(allocated)[0]
    (proposal,) = allocated.pages("list_proposals", cycle=CYCLE, indicator=SETUPS, subject=first)
    taken = Decimal(proposal["quantity"]) + 1
    claim(allocated, OFFICE, str(taken), subject=first)
    report = allocated.call("accept_proposals", cycle=CYCLE, scope="unit", unit="D01")
    assert [(one["indicator"], one["code"]) for one in report["reasons"]] == [(SETUPS, "claim.exhausted")]
    assert report["skipped"] == 1


def test_who_moved_away_is_not_given_the_old_units_share(allocated: World):
    first = clerks(allocated)[0]
    allocated.call("move_person", person=first, unit="D02", position="D02-02", starts="2026-02-01")
    allocated.call("accept_proposals", cycle=CYCLE, scope="bureau")
    assert allocated.pages("list_claims", cycle=CYCLE, subject=first) == []


def test_only_the_office_accepts_for_the_bureau_and_heads_for_their_unit(allocated: World):
    head = staff_actor("P0500", Grant("unit_head", "unit", "D01"))
    for scope in ({"scope": "bureau"}, {"scope": "unit", "unit": "D02"}):
        with pytest.raises(Forbidden):
            allocated.call("accept_proposals", head, cycle=CYCLE, **scope)
    with pytest.raises(Invalid):
        allocated.call("accept_proposals", head, cycle=CYCLE, scope="unit")


def test_a_year_of_300_starts_in_a_few_seconds(take_on):
    world = take_on(300)
    world.call("create_cycle", cycle=CYCLE)
    world.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY))
    world.call("publish_library", cycle=CYCLE)
    world.call("move_cycle", cycle=CYCLE, status="open")
    started = time.process_time()
    assert world.call("propose_allocations", cycle=CYCLE)["shortages"] == []
    world.call("set_allocations", cycle=CYCLE, accept_proposals=True)
    report = world.call("accept_proposals", cycle=CYCLE, scope="bureau")
    assert time.process_time() - started < 5
    assert (report["skipped"], report["claimed"] > 5000) == (0, True)
    for one in world.pages("get_balance", cycle=CYCLE):
        assert one["allocated"] == one["target"]
        expected = {"person": "claimed_by_persons", "station": "claimed_by_units", "division": "claimed_by_units"}
        if one["layers"] == ["person"]:
            assert (one["claimed_by_persons"], one["claimed_by_units"]) == (one["target"], "0")
        elif "person" not in one["layers"]:
            assert one[expected[one["layers"][0]]] == one["target"]


def test_a_replay_tells_the_same_states_with_the_same_revisions_and_leaves_no_trace(allocated: World):
    allocated.call("accept_proposals", cycle=CYCLE, scope="bureau")
    events = ("UnitChanged", "PersonChanged", "CycleChanged", "ModelChanged", "IndicatorChanged", "ClaimChanged")
    keys = {
        "UnitChanged": ("unit",),
        "PersonChanged": ("person",),
        "CycleChanged": ("cycle",),
        "ModelChanged": ("cycle",),
        "IndicatorChanged": ("indicator",),
        "ClaimChanged": ("indicator", "subject"),
    }

    def last(event):
        return {tuple(one[key] for key in keys[event]): one for one in allocated.states(event)}

    before = {event: last(event) for event in events}
    lines = allocated.count("audit")
    allocated.clear_outbox()
    sent = allocated.call("replay_state", ADMIN)["sent"]
    assert {event: last(event) for event in events} == before
    assert sent == {event: len(before[event]) for event in events}
    assert allocated.count("audit") == lines


def test_a_replay_is_not_for_everyone(opened: World):
    with pytest.raises(Forbidden):
        opened.call("replay_state", OFFICE)
