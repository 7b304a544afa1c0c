"""What the simulated people declare can be declared: the rules accept every quantity that is drawn."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rules
from ops.simulation import behaviour
from ops.simulation.world import Indicator
from tests.unit.ops.library import LIBRARY

SCORING = [indicator for indicator in LIBRARY if indicator.rule != "veto"]


@given(st.sampled_from(SCORING), st.integers(0, 10_000), st.integers(1, 12), st.integers(0, 4000))
def test_every_drawn_quantity_fits_its_rule(indicator: Indicator, seed: int, month: int, hundredths: int) -> None:
    drawn = behaviour.counts(seed, indicator, "P0001", f"2026-M{month:02d}", Decimal(hundredths) / 100)
    counts = {key: Decimal(value) for key, value in drawn.items()}
    assert rules.check_counts(indicator.rule, indicator.params, counts) == []
    points = rules.points(indicator.rule, indicator.params, indicator.full_points, counts, Decimal(3))
    assert 0 <= points <= indicator.full_points


def test_the_same_seed_draws_the_same() -> None:
    drawn = [[behaviour.counts(7, one, "P0001", "2026-Y", Decimal(9)) for one in SCORING] for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_another_seed_draws_something_else() -> None:
    drawn = [[behaviour.counts(seed, one, "P0001", "2026-Y", Decimal(9)) for one in SCORING] for seed in (7, 8)]
    assert drawn[0] != drawn[1]


def test_people_differ_in_diligence() -> None:
    drawn = [behaviour.diligence(2026, f"P{number:04d}") for number in range(300)]
    assert min(drawn) >= 72
    assert max(drawn) <= 112
    assert max(drawn) - min(drawn) > 20


@pytest.mark.parametrize("indicator", [one for one in SCORING if one.rule == "ratio"][:5], ids=lambda one: one.code)
def test_a_year_of_small_shares_adds_up_to_about_the_target(indicator: Indicator) -> None:
    share = Decimal(6) / 12
    done = [
        sum(Decimal(behaviour.counts(1, indicator, f"P{n:04d}", f"M{m}", share)["done"]) for m in range(12))
        for n in range(200)
    ]
    assert 3 < sum(done) / len(done) < 13
