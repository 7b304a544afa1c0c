"""Lists of claims and allocations: names beside codes, searched and sorted, and what a reader may do is what the commands do."""

from typing import Any

import pytest

from services.targets.usecases import allocations, allocations_lines, claims, claims_excess, claims_transfers, handovers
from shared.actor import Actor, Grant
from shared.contracts.targets import allocations as of_allocations
from shared.contracts.targets import allocations_lines as of_lines
from shared.contracts.targets import claims as of_claims
from shared.contracts.targets import claims_transfers as of_moving
from shared.contracts.targets import handovers as of_handovers
from shared.errors import Problem
from shared.vocabulary.refusals import Refused
from tests.component.targets.world import ALLOCATION, CYCLE, OFFICE, SETUPS, World, claim, clerks, staff_actor

HEAD = staff_actor("P0500", Grant("unit_head", "unit", "D01"))
OTHER_HEAD = staff_actor("P0501", Grant("unit_head", "unit", "D02"))
LEADER = Actor("leader", "leader", "BH", None, (Grant("leader", "line", "access"),))


class _Undone(Exception):
    pass


def works(world: World, use_case: Any, operation: Any, actor: Actor, **body: Any) -> bool:
    """Whether the command would be taken; nothing of it stays."""
    command = operation.decode({"cycle": CYCLE, **body})
    try:
        with world.sessions.begin(actor) as session:
            use_case(session, actor, command)
            raise _Undone
    except _Undone:
        return True
    except (Problem, Refused):
        return False


def try_claim(world: World, actor: Actor, step: str, row: dict[str, Any], colleague: str) -> bool:
    key = {"indicator": row["indicator"], "subject": row["subject"]}
    if step == "claim":
        entries = [{**key, "target": row["target"]}]
        return works(world, claims.claim_indicators, of_claims.claim_indicators, actor, claims=entries)
    if step == "release":
        return works(world, claims.release_claims, of_claims.release_claims, actor, claims=[key])
    if step == "transfer":
        moves = [{"indicator": row["indicator"], "giver": row["subject"], "taker": colleague}]
        transfer = of_moving.transfer_claims
        return works(world, claims_transfers.transfer_claims, transfer, actor, transfers=moves, reason="调整")
    if actor.person != row["subject"]:  # nobody can name another's claim
        return False
    body = {"taker": colleague, "items": [{"indicator": row["indicator"]}], "reason": "调整"}
    return works(world, handovers.propose_handover, of_handovers.propose_handover, actor, **body)


def situations(world: World, *, leaver: str) -> Any:
    yield "open"
    world.call("set_claim_deadline", cycle=CYCLE, step="person", last_day="2026-01-31")
    world.call("set_claim_deadline", cycle=CYCLE, step="unit", last_day="2026-01-31")
    yield "after the deadlines"
    world.call("depart_person", person=leaver, last_day="2026-03-01")
    yield "somebody gone"
    world.call("move_cycle", cycle=CYCLE, status="closing")
    yield "closing"


def test_what_one_may_do_with_a_claim_is_what_the_commands_do(pool: World):
    first, second, third, *_ = clerks(pool)
    claim(pool, staff_actor(first), "100")
    claim(pool, staff_actor(second), "50")
    claim(pool, HEAD, "300", subject="D01")
    claim(pool, staff_actor(first), None, indicator="01-01-02")
    pool.call("release_claims", staff_actor(second), cycle=CYCLE, claims=[{"indicator": SETUPS}])
    seen = set()
    for situation in situations(pool, leaver=second):
        for actor in (OFFICE, HEAD, OTHER_HEAD, LEADER, staff_actor(first), staff_actor(second)):
            for row in pool.pages("list_claims", actor, cycle=CYCLE):
                why = {one["step"]: one["zh"] for one in row["why_not"]}
                assert {*row["may"], *why} == {"claim", "release", "transfer", "hand_over"}
                for step in (*row["may"], *why):
                    told = f"{situation}: {actor.account} {step} {row['subject']} {row['indicator']} {why.get(step)}"
                    assert try_claim(pool, actor, step, row, third) == (step in row["may"]), told
                    seen.add((step, step in row["may"]))
    assert len(seen) == 8, "each step is once possible and once not"


def try_allocation(world: World, actor: Actor, step: str, row: dict[str, Any]) -> bool:
    share = {"indicator": row["indicator"], "unit": row["unit"], "quantity": "1"}
    if step == "allocate":
        entries = [{**share, "quantity": row["quantity"]}]
        return works(world, allocations.set_allocations, of_allocations.set_allocations, actor, allocations=entries)
    if step == "draw":
        return works(world, allocations_lines.draw_allocations, of_lines.draw_allocations, actor, shares=[share])
    if step == "return":
        return works(world, allocations_lines.return_allocations, of_lines.return_allocations, actor, shares=[share])
    return works(world, claims_excess.permit_excess, of_moving.permit_excess, actor, **share, reason="新增窗口")


def test_what_one_may_do_with_an_allocation_is_what_the_commands_do(pool: World):
    pool.call("set_allocations", cycle=CYCLE, allocations=[{**ALLOCATION, "unit": "D02", "quantity": "20"}])
    seen = set()
    for situation in situations(pool, leaver=clerks(pool)[0]):
        for actor in (OFFICE, HEAD, OTHER_HEAD, LEADER, staff_actor("P0002")):
            for row in pool.pages("list_allocations", actor, cycle=CYCLE):
                steps = {*row["may"], *(one["step"] for one in row["why_not"])}
                assert steps == {"allocate", "draw", "return", "permit_excess"}
                for step in steps:
                    told = f"{situation}: {actor.account} {step} {row['unit']}"
                    assert try_allocation(pool, actor, step, row) == (step in row["may"]), told
                    seen.add((step, step in row["may"]))
    assert len(seen) == 8


@pytest.fixture
def asked(pool: World) -> tuple[World, str, str]:
    first, second, *_ = clerks(pool)
    claim(pool, staff_actor(first), "100")
    body = {"taker": second, "items": [{"indicator": SETUPS, "quantity": "10"}], "reason": "分工"}
    pool.call("propose_handover", staff_actor(first), cycle=CYCLE, **body)
    return pool, first, second


def test_what_one_may_do_with_a_handover_is_what_the_commands_do(asked):
    world, first, second = asked
    commands = {
        "answer": (handovers.answer_handover, of_handovers.answer_handover, {"accept": True}),
        "decide": (handovers.decide_handover, of_handovers.decide_handover, {"confirm": True}),
        "withdraw": (handovers.withdraw_handover, of_handovers.withdraw_handover, {}),
    }
    giver, taker = staff_actor(first), staff_actor(second)
    seen = set()

    def compare(status: str) -> None:
        for actor in (OFFICE, HEAD, giver, taker):
            query = {"unit": "D01"} if actor is HEAD else {}
            (row,) = world.pages("list_handovers", actor, cycle=CYCLE, **query)
            assert row["status"] == status
            assert {*row["may"], *(one["step"] for one in row["why_not"])} == set(commands)
            for step, (use_case, operation, more) in commands.items():
                done = works(world, use_case, operation, actor, handover=row["handover"], **more)
                assert done == (step in row["may"]), f"{status}: {actor.account} {step}"
                seen.add((step, done))

    compare("proposed")
    (row,) = world.pages("list_handovers", cycle=CYCLE)
    world.call("answer_handover", taker, cycle=CYCLE, handover=row["handover"], accept=True)
    compare("accepted")
    world.call("decide_handover", HEAD, cycle=CYCLE, handover=row["handover"], confirm=True)
    compare("done")
    assert len(seen) == 6


def test_names_stand_beside_codes_and_lists_are_searched_sorted_and_counted(pool: World):
    first, second, third, *_ = clerks(pool)
    for person, target in ((first, "30"), (second, "100"), (third, "20")):
        claim(pool, staff_actor(person), target)
    people = {one["person"]: one["name"] for one in pool.pages("list_persons")}
    page = pool.call("list_claims", cycle=CYCLE, sort="-target", limit=2, total=True)
    assert [(one["target"], one["subject_name"]) for one in page["items"]] == [
        ("100", people[second]),
        ("30", people[first]),
    ]
    assert (page["total"], page["total_capped"], page["items"][0]["measure_unit"]) == (3, False, "件")
    assert page["items"][0]["indicator_name"] and page["items"][0]["unit_name"]
    rest = pool.call("list_claims", cycle=CYCLE, sort="-target", limit=2, after=page["next"])
    assert [one["target"] for one in rest["items"]] == ["20"]
    assert [one["target"] for one in pool.call("list_claims", cycle=CYCLE, sort="target", skip=2)["items"]] == ["100"]
    found = pool.call("list_claims", cycle=CYCLE, q=people[third])["items"]
    assert [one["subject"] for one in found] == [third]
    assert pool.call("list_claims", cycle=CYCLE, q="没有这个名字")["items"] == []
    (share,) = pool.call("list_allocations", cycle=CYCLE, q=page["items"][0]["unit_name"], sort="-quantity")["items"]
    assert (share["unit"], share["indicator_name"]) == ("D01", page["items"][0]["indicator_name"])
    pool.call("propose_allocations", cycle=CYCLE)
    proposed = pool.call("list_proposals", cycle=CYCLE, sort="-quantity", q="P900", total=True)
    assert {one["subject_name"] for one in proposed["items"]} == {"受理员1", "受理员2", "受理员3"}
    balance = pool.call("get_balance", cycle=CYCLE, sort="-allocated", limit=1)["items"][0]
    assert (balance["indicator"], balance["line_name"]) == (SETUPS, "资质准入口")
