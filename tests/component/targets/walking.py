"""Steps that allocate, claim and hand on, and the laws of shares that hold after each of them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from shared.actor import Grant
from shared.errors import Problem
from tests.component.targets.world import CYCLE, SETUPS, World, staff_actor

UNITS = ("D01", "D02", "S01")
COMMON = "01-01-03"  # persons only, all lines, target 752, cap 8
TARGET = {SETUPS: Decimal(2900), COMMON: Decimal(752)}
HEADS = {unit: staff_actor(f"P05{number}", Grant("unit_head", "unit", unit)) for number, unit in enumerate(UNITS)}
MUTABLE = ("claims", "allocations", "line_allocations", "excesses", "movements", "handovers", "outbox")

KINDS = [
    *("allocate", "draw", "give_back", "claim", "own", "release", "part"),
    *("transfer", "split", "substitute", "handover", "excess"),
]
Step = tuple[str, str, str, int, int, int]  # what, item, unit, one person, another, quantity


def perform(world: World, step: Step) -> str:
    """The step's outcome: done, or the problem's code. Anything else than a problem is a failure of the test."""
    what, item, unit, one, other, quantity = step
    giver, taker = (world.people[number % len(world.people)] for number in (one, other))  # type: ignore[attr-defined]
    share = {"indicator": item, "unit": unit, "quantity": str(quantity)}
    key = {"indicator": item, "subject": giver}
    move = {"indicator": item, "giver": giver, "taker": taker, "quantity": str(quantity)}
    head = HEADS[unit]
    calls: dict[str, Callable[[], Any]] = {
        "allocate": lambda: world.call("set_allocations", cycle=CYCLE, allocations=[share]),
        "draw": lambda: world.call("draw_allocations", head, cycle=CYCLE, shares=[share]),
        "give_back": lambda: world.call("return_allocations", head, cycle=CYCLE, shares=[share]),
        "claim": lambda: world.call("claim_indicators", cycle=CYCLE, claims=[{**key, "target": str(quantity)}]),
        "own": lambda: world.call(
            "claim_indicators",
            head,
            cycle=CYCLE,
            claims=[{"indicator": item, "subject": unit, "target": str(quantity)}],
        ),
        "release": lambda: world.call("release_claims", cycle=CYCLE, claims=[key]),
        "part": lambda: world.call("release_claims", cycle=CYCLE, claims=[{**key, "quantity": str(quantity)}]),
        "transfer": lambda: world.call("transfer_claims", cycle=CYCLE, transfers=[move], reason="一"),
        "split": lambda: world.call(
            "transfer_claims",
            cycle=CYCLE,
            transfers=[move, {**move, "taker": world.people[0]}],
            reason="一",  # type: ignore[attr-defined]
        ),
        "substitute": lambda: world.call(
            "substitute_person", cycle=CYCLE, giver=giver, taker=taker, keep_served=quantity % 2 == 0, reason="一"
        ),
        "handover": lambda: agree(world, giver, taker, {"indicator": item, "quantity": str(quantity)}),
        "excess": lambda: world.call("permit_excess", head, cycle=CYCLE, **share, reason="一"),
    }
    try:
        calls[what]()
    except Problem as problem:
        return problem.code
    return "done"


def agree(world: World, giver: str, taker: str, item: dict[str, str]) -> None:
    """Asked for, agreed to, confirmed."""
    asked = world.call("propose_handover", staff_actor(giver), cycle=CYCLE, taker=taker, items=[item], reason="一")
    key = {"cycle": CYCLE, "handover": asked["handover"]}
    world.call("answer_handover", staff_actor(taker), **key, accept=True)
    world.call("decide_handover", **key, confirm=True)


def rows(world: World, statement: str) -> list[Any]:
    with world.sessions.engine.connect() as connection:
        return list(connection.execute(text(statement)))


def none_made_or_lost(world: World) -> None:
    """The laws of shares, read from the tables and not from the service."""
    claimed = "coalesce((SELECT sum(target) FROM targets.claims c WHERE c.indicator = a.indicator AND c.unit = a.unit"
    beyond = (
        "coalesce((SELECT quantity FROM targets.excesses e WHERE e.indicator = a.indicator AND e.unit = a.unit), 0)"
    )
    over = rows(
        world,
        f"SELECT * FROM targets.allocations a WHERE quantity + {beyond} <"
        f" {claimed} AND c.layer = 'person' AND c.status = 'claimed'), 0) OR quantity < 0",
    )
    assert over == [], "persons claim more than the unit holds and its head allowed"
    own = rows(
        world,
        "SELECT * FROM targets.claims c JOIN targets.allocations a USING (indicator, unit)"
        " WHERE c.layer <> 'person' AND c.status = 'claimed' AND c.target > a.quantity",
    )
    assert own == [], "a unit claims more than it holds"
    drawn = rows(
        world,
        "SELECT l.indicator FROM targets.line_allocations l JOIN targets.allocations a USING (indicator)"
        " GROUP BY l.indicator, l.quantity HAVING sum(a.quantity) > l.quantity",
    )
    assert drawn == [], "units hold more than their line"
    assert rows(world, "SELECT * FROM targets.claims WHERE status = 'claimed' AND target <= 0") == []
    assert (
        rows(world, "SELECT * FROM targets.claims WHERE layer = 'person' AND indicator = '01-01-03' AND target > 8")
        == []
    )


def sums(world: World) -> dict[str, tuple[Decimal, Decimal]]:
    """Per item: what units hold, and what persons have claimed."""
    held = dict(rows(world, "SELECT indicator, sum(quantity) FROM targets.allocations GROUP BY 1"))
    claimed = dict(
        rows(
            world,
            "SELECT indicator, sum(target) FROM targets.claims WHERE layer = 'person' AND status = 'claimed' GROUP BY 1",
        )
    )
    return {item: (held.get(item, Decimal(0)), claimed.get(item, Decimal(0))) for item in TARGET}


def clear(world: World) -> None:
    with world.sessions.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(f'targets.{name}' for name in MUTABLE)}"))
