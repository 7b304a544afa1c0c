from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest

from shared.actor import Grant
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.targets.world import (
    ALLOCATION,
    BUREAU,
    CYCLE,
    OFFICE,
    SETUPS,
    World,
    claim,
    clerks,
    staff_actor,
)


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
        "days": None,
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


def test_ones_own_claim_is_the_same_whether_one_names_oneself_or_not(pool: World):
    first, *_ = clerks(pool)
    twice = [{"indicator": SETUPS, "target": "10"}, {"indicator": SETUPS, "subject": first, "target": "20"}]
    with pytest.raises(Invalid, match="batch.repeated"):
        pool.call("claim_indicators", staff_actor(first), cycle=CYCLE, claims=twice)
    told = pool.call("claim_indicators", staff_actor(first), cycle=CYCLE, claims=twice, mode="each")
    assert [one["target"] for one in told["items"]] == ["10"]
    assert [(one["row"], one["code"], one["subject"]) for one in told["refused"]] == [(1, "batch.repeated", first)]


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
        standing = list(pool.pages("list_claims", cycle=CYCLE, status="claimed"))
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


def test_each_by_itself_takes_what_can_be_and_tells_what_cannot(pool: World):
    first, second, third, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    entries = [
        {"indicator": SETUPS, "subject": second, "target": "101"},
        {"indicator": SETUPS, "subject": third, "target": "60"},
        {"indicator": "99-01-01", "subject": third, "target": "1"},
        {"indicator": SETUPS, "subject": "P9999", "target": "1"},
        {"indicator": SETUPS, "subject": first, "target": "241"},
    ]
    done = pool.call("claim_indicators", cycle=CYCLE, claims=entries, mode="each")
    assert [(one["subject"], one["target"]) for one in done["items"]] == [(third, "60")]
    assert [(one["row"], one["code"], one["subject"]) for one in done["refused"]] == [
        (0, "claim.exhausted", second),
        (2, "indicator.unknown", third),
        (3, "subject.unknown", "P9999"),
        (4, "claim.exhausted", first),
    ]
    held = {one["subject"]: one["target"] for one in pool.pages("list_claims", cycle=CYCLE)}
    assert held == {first: "200", third: "60"}, "what was refused changes nothing of what was held"
    given = [{"indicator": SETUPS, "subject": one} for one in (first, second)]
    back = pool.call("release_claims", staff_actor(first), cycle=CYCLE, claims=given, mode="each")
    assert [one["subject"] for one in back["items"]] == [first]
    assert [(one["row"], one["code"]) for one in back["refused"]] == [(1, "role.missing")]


def test_within_a_batch_each_by_itself_nobody_takes_what_another_still_holds(pool: World):
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "200")
    claim(pool, staff_actor(second), "100")
    swap = [
        {"indicator": SETUPS, "subject": second, "target": "200"},
        {"indicator": SETUPS, "subject": first, "target": "100"},
    ]
    done = pool.call("claim_indicators", cycle=CYCLE, claims=swap, mode="each")
    assert [one["row"] for one in done["refused"]] == [0]
    assert {one["subject"]: one["target"] for one in pool.pages("list_claims", cycle=CYCLE)} == {
        first: "100",
        second: "100",
    }
