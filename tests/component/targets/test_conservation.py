"""Whatever the order of allocations, claims, transfers and returns, and whoever acts at once: nothing is made or lost."""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from random import Random
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from shared.actor import Grant
from shared.errors import Problem
from tests.component.targets.conftest import CYCLE, OFFICE, SETUPS, World, staff_actor

UNITS = ("D01", "D02", "S01")
COMMON = "01-01-03"  # persons only, all lines, target 752, cap 8
TARGET = {SETUPS: Decimal(2900), COMMON: Decimal(752)}
HEADS = {unit: staff_actor(f"P05{number}", Grant("unit_head", "unit", unit)) for number, unit in enumerate(UNITS)}
MUTABLE = ("claims", "allocations", "line_allocations", "excesses", "movements", "outbox")

KINDS = ["allocate", "draw", "give_back", "claim", "own", "release", "part", "transfer", "split", "excess"]
Step = tuple[str, str, str, int, int, int]  # what, item, unit, one person, another, quantity
steps = st.tuples(
    st.sampled_from(KINDS),
    st.sampled_from([SETUPS, COMMON]),
    st.sampled_from(UNITS),
    st.integers(0, 7),
    st.integers(0, 7),
    st.sampled_from([0, 1, 2, 3, 5, 8, 40, 300, 752, 2000]),
)


@pytest.fixture
def field(opened: World) -> World:
    """The eight whom the steps name: the access clerks of D01, D02 and S01."""
    staff = [one for unit in UNITS for one in opened.pages("list_persons", unit=unit) if one["line"] == "access"]
    opened.people = [one["person"] for one in staff][:8]  # type: ignore[attr-defined]
    assert len({one["unit"] for one in staff[:8]}) == 3
    return opened


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
        "excess": lambda: world.call("permit_excess", head, cycle=CYCLE, **share, reason="一"),
    }
    try:
        calls[what]()
    except Problem as problem:
        return problem.code
    return "done"


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


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(steps, min_size=4, max_size=30))
def test_in_any_order_shares_are_neither_made_nor_lost(field: World, walk):
    clear(field)
    for step in walk:
        before = sums(field)
        outcome = perform(field, step)
        after = sums(field)
        none_made_or_lost(field)
        if outcome != "done" or step[0] in ("transfer", "split", "own", "excess"):
            assert after == before, (step, outcome)
        if step[0] in ("draw", "give_back", "allocate"):
            assert {item: pair[1] for item, pair in after.items()} == {item: pair[1] for item, pair in before.items()}


def test_the_walks_get_somewhere(field: World):
    """Every kind of step succeeds now and then: the property above is not held by refusing everything."""
    dice, done = Random(7), set()
    clear(field)
    for _ in range(400):
        step = (
            dice.choice(KINDS),
            dice.choice([SETUPS, COMMON]),
            dice.choice(UNITS),
            dice.randrange(8),
            dice.randrange(8),
            dice.choice([1, 2, 3, 5, 8, 40, 300]),
        )
        if perform(field, step) == "done":
            done.add(step[0])
        none_made_or_lost(field)
    assert done == set(KINDS)
    none_made_or_lost(field)


def test_many_at_once_make_and_lose_nothing(field: World):
    """Six at a time, each with their own dice, on two items: every answer is a success or a clear problem."""
    clear(field)
    outcomes: set[str] = set()

    def act(seed: int) -> None:
        dice = Random(seed)
        for _ in range(30):
            kinds = ["draw", "give_back", "claim", "claim", "own", "part", "transfer", "split", "release"]
            item, unit = dice.choice([SETUPS, COMMON]), dice.choice(UNITS)
            quantity = dice.choice([1, 2, 3, 5, 8, 300])
            outcomes.add(
                perform(field, (dice.choice(kinds), item, unit, dice.randrange(8), dice.randrange(8), quantity))
            )

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(act, range(6)))
    none_made_or_lost(field)
    assert {"done", "claim.exhausted"} <= outcomes


def test_of_many_units_that_want_the_last_of_a_line_exactly_one_gets_it(opened: World):
    """2,900 are there; each of three units wants 1,500: one succeeds, the others are told what is left."""
    for _ in range(5):
        clear(opened)
        start = Barrier(3)

        def draw(unit: str, start: Barrier = start) -> str:
            shares = [{"indicator": SETUPS, "unit": unit, "quantity": "1500"}]
            start.wait()
            try:
                opened.call("draw_allocations", HEADS[unit], cycle=CYCLE, shares=shares)
            except Problem as problem:
                return f"{problem.status} {problem.errors[0]['zh']}"
            return "drawn"

        with ThreadPoolExecutor(3) as threads:
            refused = "409 余量为 1400，不足 1500"
            assert sorted(threads.map(draw, UNITS)) == [refused, refused, "drawn"]


def test_a_transfer_and_a_release_of_the_same_claim_do_not_both_happen(field: World):
    giver = field.people[0]  # type: ignore[attr-defined]
    for _ in range(5):
        clear(field)
        field.call(
            "set_allocations", cycle=CYCLE, allocations=[{"indicator": SETUPS, "unit": "D01", "quantity": "100"}]
        )
        field.call("claim_indicators", cycle=CYCLE, claims=[{"indicator": SETUPS, "subject": giver, "target": "100"}])
        start = Barrier(2)

        def race(step: Step, start: Barrier = start) -> str:
            start.wait()
            return perform(field, step)

        both = [("transfer", SETUPS, "D01", 0, 1, 100), ("release", SETUPS, "D01", 0, 0, 0)]
        with ThreadPoolExecutor(2) as threads:
            outcomes = list(threads.map(race, both))
        none_made_or_lost(field)
        held, claimed = sums(field)[SETUPS]
        assert held == 100
        assert claimed in (0, 100)
        assert outcomes.count("done") == 1 or claimed == 0


def test_giving_up_an_allocation_and_claiming_it_at_once_never_overdraws(field: World):
    person = field.people[0]  # type: ignore[attr-defined]
    for _ in range(5):
        clear(field)
        field.call(
            "set_allocations", cycle=CYCLE, allocations=[{"indicator": SETUPS, "unit": "D01", "quantity": "100"}]
        )
        with ThreadPoolExecutor(2) as threads:
            giving = threads.submit(perform, field, ("give_back", SETUPS, "D01", 0, 0, 40))
            with contextlib.suppress(Problem):
                entry = {"indicator": SETUPS, "subject": person, "target": "80"}
                field.call("claim_indicators", OFFICE, cycle=CYCLE, claims=[entry])
            giving.result()
        none_made_or_lost(field)
