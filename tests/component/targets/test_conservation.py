"""Whatever the order of allocations, claims, transfers and returns, and whoever acts at once: nothing is made or lost."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import Problem
from tests.component.targets.walking import (
    COMMON,
    HEADS,
    KINDS,
    TARGET,
    UNITS,
    Step,
    clear,
    none_made_or_lost,
    perform,
    sums,
)
from tests.component.targets.world import CYCLE, OFFICE, SETUPS, World

# a substitution empties the hands of whoever it takes from, so others come more often
OFTEN = [*KINDS, *("allocate", "claim", "claim", "claim", "transfer", "split", "handover")]
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


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(steps, min_size=4, max_size=30))
def test_in_any_order_shares_are_neither_made_nor_lost(field: World, walk):
    clear(field)
    for step in walk:
        before = sums(field)
        outcome = perform(field, step)
        after = sums(field)
        none_made_or_lost(field)
        if outcome != "done" or step[0] in ("transfer", "split", "handover", "own", "excess"):
            assert after == before, (step, outcome)
        if step[0] == "substitute":  # what nobody may take falls back to the unit
            assert all(after[item][0] == before[item][0] and after[item][1] <= before[item][1] for item in TARGET)
        if step[0] in ("draw", "give_back", "allocate"):
            assert {item: pair[1] for item, pair in after.items()} == {item: pair[1] for item, pair in before.items()}


def test_the_walks_get_somewhere(field: World):
    """Every kind of step succeeds now and then: the property above is not held by refusing everything."""
    dice, done = Random(7), set()
    clear(field)
    for _ in range(400):
        step = (
            dice.choice(OFTEN),
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
