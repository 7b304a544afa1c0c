"""Draws depend on the seed and their words alone."""

from hypothesis import given
from hypothesis import strategies as st

from ops.dice import Dice


def test_the_first_draws_never_change() -> None:
    """A journal of last year's simulation must come out again: these numbers are written down, not computed."""
    dice = Dice(2026, "counts", "03-02-01", "P0001")
    assert [dice.below(1000) for _ in range(10)] == FIRST


def test_streams_with_other_words_differ() -> None:
    one, other = Dice(1, "a"), Dice(1, "b")
    assert [one.below(1000) for _ in range(20)] != [other.below(1000) for _ in range(20)]


@given(st.integers(), st.integers(1, 10_000))
def test_a_draw_stays_below_its_bound(seed: int, bound: int) -> None:
    dice = Dice(seed)
    assert all(0 <= dice.below(bound) < bound for _ in range(20))


@given(st.integers(-50, 50), st.integers(0, 50))
def test_a_draw_stays_between_its_bounds(low: int, width: int) -> None:
    assert low <= Dice(low, width).between(low, low + width) <= low + width


FIRST = [74, 18, 171, 58, 319, 77, 194, 757, 994, 244]
