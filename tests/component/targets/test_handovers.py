"""Staff hand claims on among themselves: asked, agreed to, confirmed, or standing by the cycle's rule."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from shared.actor import Actor, Grant
from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed, Problem
from tests.component.targets.world import (
    CYCLE,
    OFFICE,
    SETUPS,
    World,
    claim,
    clerks,
    staff_actor,
)

HEAD = staff_actor("P0500", Grant("unit_head", "unit", "D01"))
SESSION = "01-01-02"  # without a quantity


def propose(world: World, giver: str, taker: str, *items: tuple[str, str | None], **more):
    named = [{"indicator": code, "quantity": quantity} for code, quantity in items]
    body = {"cycle": CYCLE, "taker": taker, "reason": "分工调整", "items": named, **more}
    return world.call("propose_handover", staff_actor(giver), **body)


def answer(world: World, person: str, one, *, accept: bool = True):
    return world.call("answer_handover", staff_actor(person), cycle=CYCLE, handover=one["handover"], accept=accept)


def decide(world: World, actor: Actor, one, *, confirm: bool = True, note: str = "同意"):
    body = {"cycle": CYCLE, "handover": one["handover"], "confirm": confirm, "note": note}
    return world.call("decide_handover", actor, **body)


def held(world: World, indicator: str = SETUPS) -> dict[str, str | None]:
    items = world.pages("list_claims", cycle=CYCLE, indicator=indicator, status="claimed")
    return {one["subject"]: one["target"] for one in items}


def ruled(world: World, *, confirm: bool, days: int | None = None) -> None:
    world.call("set_handover_rule", cycle=CYCLE, confirm=confirm, days=days)


def put_back(world: World, days: int) -> None:
    """As if so many days had gone by."""
    with world.sessions.engine.begin() as connection:
        connection.execute(text(f"UPDATE targets.handovers SET stands_on = stands_on - {days}"))


@pytest.fixture
def claimed(pool: World) -> World:
    pool.people = clerks(pool)  # type: ignore[attr-defined]
    claim(pool, staff_actor(pool.people[0]), "200")  # type: ignore[attr-defined]
    return pool


def test_asked_agreed_and_confirmed_it_goes_over_and_not_before(claimed: World):
    first, second, *_ = claimed.people  # type: ignore[attr-defined]
    one = propose(claimed, first, second, (SETUPS, "50"))
    assert (one["status"], one["unit"], one["crosses"], one["unplaced"]) == ("proposed", "D01", False, [])
    with pytest.raises(Conflict, match="handover.status"):
        decide(claimed, HEAD, one)
    assert answer(claimed, second, one)["status"] == "accepted"
    assert held(claimed) == {first: "200"}
    done = decide(claimed, HEAD, one)
    assert (done["status"], done["decided_by"]) == ("done", HEAD.account)
    assert held(claimed) == {first: "150", second: "50"}
    (moved,) = claimed.pages("list_movements", cycle=CYCLE)
    assert (moved["kind"], moved["giver"], moved["taker"], moved["reason"]) == ("transfer", first, second, "分工调整")
    assert [one["target"] for one in claimed.states("ClaimChanged")[-2:]] == ["150", "50"]


def test_either_side_and_the_head_can_say_no(claimed: World):
    first, second, *_ = claimed.people  # type: ignore[attr-defined]
    declined = answer(claimed, second, propose(claimed, first, second, (SETUPS, None)), accept=False)
    one = propose(claimed, first, second, (SETUPS, None))
    answer(claimed, second, one)
    refused = decide(claimed, HEAD, one, confirm=False, note="忙季不宜")
    other = propose(claimed, first, second, (SETUPS, None))
    withdrawn = claimed.call("withdraw_handover", staff_actor(first), cycle=CYCLE, handover=other["handover"])
    assert [one["status"] for one in (declined, refused, withdrawn)] == ["declined", "refused", "withdrawn"]
    with pytest.raises(Conflict, match="handover.status"):
        answer(claimed, second, other)
    assert held(claimed) == {first: "200"}


def test_who_may_take_which_step(claimed: World):
    first, second, third, *_ = claimed.people  # type: ignore[attr-defined]
    one = propose(claimed, first, second, (SETUPS, "50"))
    key = {"cycle": CYCLE, "handover": one["handover"]}
    for actor in (staff_actor(first), staff_actor(third), HEAD):
        with pytest.raises(Forbidden):
            claimed.call("answer_handover", actor, **key, accept=True)
    answer(claimed, second, one)
    elsewhere = staff_actor("P0501", Grant("unit_head", "unit", "D02"))
    interested = staff_actor(second, Grant("unit_head", "unit", "D01"))
    for actor in (staff_actor(first), staff_actor(second), elsewhere, interested):
        with pytest.raises(Forbidden):
            decide(claimed, actor, one)
    with pytest.raises(Forbidden):
        claimed.call("withdraw_handover", staff_actor(second), **key)
    with pytest.raises(Forbidden):
        claimed.call("set_handover_rule", HEAD, cycle=CYCLE, confirm=False)
    with pytest.raises(NotFound):
        decide(claimed, HEAD, {"handover": "none"})


def test_one_sees_ones_own_the_head_the_units_and_the_office_all(claimed: World):
    first, second, third, *_ = claimed.people  # type: ignore[attr-defined]
    propose(claimed, first, second, (SETUPS, "50"))
    seen = {
        name: len(claimed.call("list_handovers", actor, cycle=CYCLE, **query)["items"])
        for name, actor, query in (
            ("giver", staff_actor(first), {}),
            ("taker", staff_actor(second), {}),
            ("other", staff_actor(third), {}),
            ("head", HEAD, {"unit": "D01", "status": "proposed"}),
            ("office", OFFICE, {}),
        )
    }
    assert seen == {"giver": 1, "taker": 1, "other": 0, "head": 1, "office": 1}
    with pytest.raises(Forbidden):
        claimed.call("list_handovers", staff_actor(third), cycle=CYCLE, unit="D01")


def test_where_the_rule_asks_for_no_confirmation_the_colleagues_word_carries_it_out(claimed: World):
    first, second, *_ = claimed.people  # type: ignore[attr-defined]
    ruled(claimed, confirm=False)
    assert answer(claimed, second, propose(claimed, first, second, (SETUPS, "50")))["status"] == "done"
    assert held(claimed) == {first: "150", second: "50"}
    claimed.call("set_claim_deadline", cycle=CYCLE, step="person", last_day=str(today() - timedelta(days=1)))
    late = answer(claimed, second, propose(claimed, first, second, (SETUPS, "50")))
    assert late["status"] == "accepted"  # after the deadline it is the head's to say


def test_a_head_who_says_nothing_lets_it_stand_on_its_day(claimed: World):
    first, second, *_ = claimed.people  # type: ignore[attr-defined]
    ruled(claimed, confirm=True, days=3)
    one = answer(claimed, second, propose(claimed, first, second, (SETUPS, "50")))
    assert (one["status"], one["stands_on"]) == ("accepted", str(today() + timedelta(days=3)))
    put_back(claimed, 2)
    claimed.service.bring_into_force()
    assert held(claimed) == {first: "200"}
    put_back(claimed, 1)
    claimed.service.bring_into_force()
    claimed.service.bring_into_force()
    assert held(claimed) == {first: "150", second: "50"}
    (one,) = claimed.call("list_handovers", cycle=CYCLE)["items"]
    assert (one["status"], one["decided_by"]) == ("done", "system")


def test_what_no_longer_fits_on_its_day_has_failed_and_says_why(claimed: World):
    first, second, *_ = claimed.people  # type: ignore[attr-defined]
    ruled(claimed, confirm=True, days=3)
    answer(claimed, second, propose(claimed, first, second, (SETUPS, "50")))
    claimed.call("release_claims", staff_actor(first), cycle=CYCLE, claims=[{"indicator": SETUPS, "quantity": "160"}])
    put_back(claimed, 3)
    claimed.service.bring_into_force()
    (one,) = claimed.call("list_handovers", cycle=CYCLE)["items"]
    assert one["status"] == "failed"
    assert "40" in one["note"]
    assert held(claimed) == {first: "40"}


def test_to_another_unit_only_the_office_confirms_and_silence_is_no_consent(claimed: World):
    first, *_ = claimed.people  # type: ignore[attr-defined]
    stranger = next(one["person"] for one in claimed.pages("list_persons", line="access") if one["unit"] != "D01")
    ruled(claimed, confirm=False)
    one = answer(claimed, stranger, propose(claimed, first, stranger, (SETUPS, "50")))
    assert (one["status"], one["crosses"], one["stands_on"]) == ("accepted", True, None)
    with pytest.raises(Forbidden):
        decide(claimed, HEAD, one)
    assert decide(claimed, OFFICE, one)["status"] == "done"
    assert held(claimed) == {first: "150", stranger: "50"}


def test_a_substitute_takes_what_they_may_and_is_told_beforehand_what_falls_back(claimed: World):
    first, second, *_ = claimed.people  # type: ignore[attr-defined]
    claim(claimed, staff_actor(first), None, indicator=SESSION)
    claim(claimed, staff_actor(second), "80")
    one = propose(claimed, first, second, kind="substitute", keep_served=False)
    assert [(left["quantity"], left["code"]) for left in one["unplaced"]] == [("20", "claim.above_cap")]
    answer(claimed, second, one)
    decide(claimed, HEAD, one)
    assert held(claimed) == {second: "260"}
    assert held(claimed, SESSION) == {second: None}


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([("04-01-02", None)], "claim.none"),
        ([(SETUPS, "201")], "transfer.too_much"),
        ([(SETUPS, "0.5")], "claim.quantum"),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_asked(claimed: World, items, code):
    first, second, *_ = claimed.people  # type: ignore[attr-defined]
    with pytest.raises(Invalid) as refused:
        propose(claimed, first, second, *items)
    assert [one["code"] for one in refused.value.errors] == [code]
    for nobody in ("P7777", first):
        with pytest.raises(Invalid):
            propose(claimed, first, nobody, (SETUPS, "50"))


def test_of_two_that_want_the_same_part_one_is_carried_out(claimed: World):
    first, second, third, *_ = claimed.people  # type: ignore[attr-defined]
    asked = [propose(claimed, first, taker, (SETUPS, "150")) for taker in (second, third)]
    for taker, one in zip((second, third), asked, strict=True):
        answer(claimed, taker, one)

    def confirm(one) -> str:
        try:
            return str(decide(claimed, HEAD, one)["status"])
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(2) as threads:
        outcomes = sorted(threads.map(confirm, asked))
    assert outcomes == ["claims.invalid", "done"]
    assert sorted(held(claimed).values()) == ["150", "50"]


def test_the_rule_is_a_document_with_a_revision(claimed: World):
    assert claimed.call("get_handover_rule", cycle=CYCLE) == {"confirm": True, "days": None, "revision": 0}
    ruled(claimed, confirm=True, days=5)
    with pytest.raises(PreconditionFailed):
        claimed.call("set_handover_rule", cycle=CYCLE, confirm=False, revision=0)
    with pytest.raises(Invalid):
        claimed.call("set_handover_rule", cycle=CYCLE, confirm=False, days=3)
