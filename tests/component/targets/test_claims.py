import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest

from shared.actor import Grant
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.targets.conftest import ADMIN, BUREAU, CYCLE, LIBRARY, OFFICE, World, sheets, staff_actor

SETUPS = "04-01-01"  # access, division|station|person, cap 260
ALLOCATION = {"indicator": SETUPS, "unit": "D01", "quantity": "300"}


@pytest.fixture
def pool(opened: World) -> World:
    """300 of SETUPS allocated to D01, whose staff have claimed nothing."""
    opened.call("set_allocations", cycle=CYCLE, allocations=[ALLOCATION])
    return opened


def clerks(world: World, unit="D01"):
    return [one["person"] for one in world.pages("list_persons", unit=unit)]


def claim(world, actor, target, subject=None, indicator=SETUPS):
    entry = {"indicator": indicator, "subject": subject, "target": target}
    return world.call("claim_indicators", actor, cycle=CYCLE, claims=[entry])["items"][0]


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
    stored = {(one["indicator"], one["unit"]): one["quantity"] for one in allocated.pages("list_allocations", cycle=CYCLE)}
    assert stored == wanted
    again = allocated.call("set_allocations", cycle=CYCLE, accept_proposals=True)
    assert again == {"changed": 0, "unchanged": len(wanted)}


def test_persons_proposals_follow_what_their_unit_was_really_given(allocated: World):
    allocated.call("set_allocations", cycle=CYCLE, allocations=[{**ALLOCATION, "quantity": "7"}])
    found = [one for one in allocated.pages("list_proposals", cycle=CYCLE, indicator=SETUPS, unit="D01")]
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


def test_a_person_claims_what_is_left_of_the_units_share(pool: World):
    first, second, *_ = clerks(pool)
    made = claim(pool, staff_actor(first), "200")
    assert (made["unit"], made["target"], made["layer"], made["revision"]) == ("D01", "200", "person", 1)
    with pytest.raises(Conflict, match="claim.exhausted") as refused:
        claim(pool, staff_actor(second), "101")
    assert refused.value.errors[0]["zh"] == "该指标可认领余量为 100，不足 101"
    claim(pool, staff_actor(second), "100")
    (state, _) = pool.states("ClaimChanged")
    assert state == {
        "bureau": BUREAU,
        "cycle": CYCLE,
        "indicator": SETUPS,
        "subject": first,
        "layer": "person",
        "revision": 1,
        "status": "claimed",
        "target": "200",
        "by": first.lower(),
    }


def test_a_claim_is_changed_within_what_others_leave(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    claim(pool, staff_actor(second), "100")
    assert claim(pool, staff_actor(first), "150")["revision"] == 2
    assert claim(pool, staff_actor(first), "150.0")["revision"] == 2
    with pytest.raises(Conflict, match="claim.exhausted"):
        claim(pool, staff_actor(first), "201")


def test_within_one_batch_one_may_give_what_another_takes(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    claim(pool, staff_actor(second), "100")
    swap = [
        {"indicator": SETUPS, "subject": second, "target": "200"},
        {"indicator": SETUPS, "subject": first, "target": "100"},
    ]
    assert len(pool.call("claim_indicators", cycle=CYCLE, claims=swap)["items"]) == 2


def test_what_is_released_is_free_for_others(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    released = pool.call("release_claims", staff_actor(first), cycle=CYCLE, claims=[{"indicator": SETUPS}])["items"]
    assert (released[0]["status"], released[0]["revision"]) == ("released", 2)
    claim(pool, staff_actor(second), "250")
    with pytest.raises(Invalid, match="claims.invalid"):
        pool.call("release_claims", staff_actor(first), cycle=CYCLE, claims=[{"indicator": SETUPS}])
    assert claim(pool, staff_actor(first), "50")["revision"] == 3


def test_a_unit_claims_from_its_allocation_beside_its_staff(pool: World):
    head = staff_actor("P0500", Grant("unit_head", "unit", "D01"))
    claim(pool, staff_actor(clerks(pool)[0]), "200")
    assert claim(pool, head, "300", subject="D01")["layer"] == "division"
    with pytest.raises(Conflict, match="claim.exhausted"):
        claim(pool, head, "301", subject="D01")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"indicator": "99-01-01"}, "indicator.unknown"),
        ({"indicator": "01-03-01"}, "claim.veto"),
        ({"indicator": "07-01-01", "target": "1"}, "claim.not_eligible"),
        ({"indicator": "04-01-02", "target": "1"}, "claim.not_allocated"),
        ({"indicator": SETUPS}, "claim.quantity_needed"),
        ({"indicator": SETUPS, "target": "0"}, "claim.quantity_needed"),
        ({"indicator": SETUPS, "target": "1.5"}, "claim.quantum"),
        ({"indicator": SETUPS, "target": "261"}, "claim.above_cap"),
        ({"indicator": "01-01-02", "target": "1"}, "claim.no_quantity"),
        ({"indicator": SETUPS, "target": "1", "subject": "K01"}, "subject.unknown"),
        ({"indicator": SETUPS, "target": "1", "subject": "P9999"}, "subject.unknown"),
    ],
)
def test_a_claim_that_cannot_be_is_refused_with_its_row_and_nothing_is_taken(pool: World, entry, code):
    first, second, *_ = clerks(pool)
    fine = {"indicator": SETUPS, "subject": first, "target": "10"}
    with pytest.raises(Invalid, match="claims.invalid") as refused:
        pool.call("claim_indicators", cycle=CYCLE, claims=[fine, {"subject": second, **entry}])
    assert [(one["row"], one["code"]) for one in refused.value.errors] == [(1, code)]
    assert pool.count("claims") == 0


def test_an_item_without_a_quantity_may_be_claimed_without_one(pool: World):
    made = claim(pool, staff_actor(clerks(pool)[0]), None, indicator="01-01-02")
    assert made["target"] is None
    assert pool.states("ClaimChanged")[-1]["target"] is None


def test_nobody_claims_for_others_without_the_role(pool: World):
    first, second, *_ = clerks(pool)
    other_head = staff_actor("P0500", Grant("unit_head", "unit", "D02"))
    for actor, subject in ((staff_actor(first), second), (staff_actor(first), "D01"), (other_head, first)):
        with pytest.raises(Forbidden):
            claim(pool, actor, "1", subject=subject)
    claim(pool, staff_actor("P0500", Grant("unit_head", "unit", "D01")), "1", subject=first)


def test_claims_need_an_open_cycle(drafted: World):
    drafted.call("publish_library", cycle=CYCLE)
    drafted.call("set_allocations", cycle=CYCLE, allocations=[ALLOCATION])
    with pytest.raises(Conflict, match="cycle.not_open"):
        claim(drafted, OFFICE, "1", subject=clerks(drafted)[0])


def test_of_two_who_want_the_last_of_it_at_once_exactly_one_gets_it(pool: World):
    first, second, *_ = clerks(pool)
    for _ in range(5):
        start = Barrier(2)

        def try_for(person, start=start):
            start.wait()
            try:
                claim(pool, staff_actor(person), "200")
            except Conflict as refused:
                return refused.code
            return "claimed"

        with ThreadPoolExecutor(2) as threads:
            outcome = sorted(threads.map(try_for, (first, second)))
        assert outcome == ["claim.exhausted", "claimed"]
        standing = [one for one in pool.pages("list_claims", cycle=CYCLE, status="claimed")]
        assert [one["target"] for one in standing] == ["200"]
        pool.call("release_claims", cycle=CYCLE, claims=[{"indicator": SETUPS, "subject": standing[0]["subject"]}])


def test_crossing_batches_of_many_do_not_deadlock_nor_overdraw(allocated: World):
    """Two heads of everything claim the same items in opposite orders."""
    proposals = [one for one in allocated.pages("list_proposals", cycle=CYCLE) if one["layer"] == "person"]
    entries = [
        {"indicator": one["indicator"], "subject": one["subject"], "target": one["quantity"]}
        for one in proposals
        if Decimal(one["quantity"])
    ][:200]

    def claim_all(batch):
        try:
            allocated.call("claim_indicators", cycle=CYCLE, claims=batch)
        except Conflict as refused:
            return refused.code
        return "claimed"

    with ThreadPoolExecutor(2) as threads:
        outcome = list(threads.map(claim_all, (entries, entries[::-1])))
    assert set(outcome) == {"claimed"}
    held = allocated.pages("list_claims", cycle=CYCLE)
    assert len(held) == len(entries)
    assert {one["revision"] for one in held} == {1}


def test_an_allocation_does_not_fall_below_what_is_claimed_of_it(pool: World):
    claim(pool, staff_actor(clerks(pool)[0]), "200")
    with pytest.raises(Conflict, match="allocation.below_claims"):
        pool.call("set_allocations", cycle=CYCLE, allocations=[{**ALLOCATION, "quantity": "199"}])
    pool.call("set_allocations", cycle=CYCLE, allocations=[{**ALLOCATION, "quantity": "200"}])
    assert pool.pages("list_allocations", cycle=CYCLE)[0]["revision"] == 2


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


def test_the_balance_shows_target_allocation_and_claims(pool: World):
    claim(pool, staff_actor(clerks(pool)[0]), "200")
    claim(pool, OFFICE, "250", subject="D01")
    balance = {one["indicator"]: one for one in pool.pages("get_balance", cycle=CYCLE)}
    assert len(balance) == 82
    keys = ("target", "allocated", "claimed_by_units", "claimed_by_persons")
    assert [balance[SETUPS][key] for key in keys] == ["2900", "300", "250", "200"]
    elsewhere = {one["indicator"]: one for one in pool.pages("get_balance", cycle=CYCLE, unit="D02")}
    assert [elsewhere[SETUPS][key] for key in keys] == ["2900", "0", "0", "0"]


def test_a_year_of_300_starts_in_a_few_seconds(take_on):
    world = take_on(300)
    world.call("create_cycle", cycle=CYCLE)
    world.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY))
    world.call("publish_library", cycle=CYCLE)
    world.call("move_cycle", cycle=CYCLE, status="open")
    started = time.perf_counter()
    assert world.call("propose_allocations", cycle=CYCLE)["shortages"] == []
    world.call("set_allocations", cycle=CYCLE, accept_proposals=True)
    report = world.call("accept_proposals", cycle=CYCLE, scope="bureau")
    assert time.perf_counter() - started < 5
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
    events = ("UnitChanged", "PersonChanged", "CycleChanged", "IndicatorChanged", "ClaimChanged")
    keys = {
        "UnitChanged": ("unit",),
        "PersonChanged": ("person",),
        "CycleChanged": ("cycle",),
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
