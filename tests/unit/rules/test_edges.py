"""The edges of the rules: rounding, missing targets, unrounded comparison, caps."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import GRADES, HALF_EVEN, add_counts, not_applicable, points, rounded

D = Decimal


def test_half_up_rounds_a_half_away_from_zero_where_a_float_would_fail_the_person() -> None:
    assert rounded(Fraction(85005, 1000)) == D("85.01")
    assert rounded(Fraction(59995, 1000)) == D("60.00")
    assert rounded(Fraction(-5, 1000)) == D("-0.01")


def test_half_even_rounds_a_half_to_the_even_neighbour() -> None:
    assert rounded(Fraction(13125, 1000), 2, HALF_EVEN) == D("13.12")
    assert rounded(Fraction(13135, 1000), 2, HALF_EVEN) == D("13.14")


def test_an_unknown_rounding_is_refused() -> None:
    with pytest.raises(ValueError, match="banker"):
        rounded(Fraction(1), 2, "banker")


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 4))
def test_rounding_is_never_further_off_than_half_a_unit(numerator: int, denominator: int, digits: int) -> None:
    value = Fraction(numerator, denominator)
    for rounding in ("half_up", "half_even"):
        assert abs(Fraction(rounded(value, digits, rounding)) - value) <= Fraction(1, 2 * 10**digits)


def test_without_a_target_a_ratio_scores_nothing() -> None:
    for target in (None, D(0)):
        assert points("ratio", {"cap": "1.0"}, D(5), {"done": D(40)}, target) == 0


def test_a_cap_above_one_never_gives_more_than_full_points() -> None:
    assert points("ratio", {"cap": "1.2"}, D(5), {"done": D(60)}, D(40)) == D("5.00")


def test_a_tier_compares_the_unrounded_ratio_with_its_bound() -> None:
    tier = {"direction": "higher", "steps": [["0.97", "1.0"]]}
    assert points("tier", tier, D(4), {"numerator": D(96996), "denominator": D(100000)}) == 0
    assert points("tier", tier, D(4), {"numerator": D(97), "denominator": D(100)}) == D(4)


def test_a_tier_over_nothing_is_not_applicable_and_has_no_points() -> None:
    nothing = {"numerator": D(0), "denominator": D(0)}
    assert not_applicable("tier", nothing)
    assert not not_applicable("tier", {"numerator": D(0), "denominator": D(1)})
    assert points("tier", {"direction": "lower", "steps": [["1", "1.0"]]}, D(4), nothing) == 0


def test_half_days_are_counted_as_half() -> None:
    absent = {"per": {"absent": "3", "overleave": "1"}}
    assert points("deduct", absent, D(8), {"absent": D("0.5"), "overleave": D("1.5")}) == D("5.00")


def test_votes_of_nobody_score_nothing() -> None:
    values = dict(zip(GRADES, ["1", "0.85", "0.7", "0.6", "0.4"], strict=True))
    assert points("grade", {"values": values}, D(15), {"优": D(0)}) == 0


def test_counts_of_periods_add_up_by_key() -> None:
    assert add_counts({"late": D(1), "early": D(2)}, {"late": D(3), "other": D("0.5")}) == {
        "late": D(4),
        "early": D(2),
        "other": D("0.5"),
    }
