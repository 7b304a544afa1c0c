"""Bounds that hold: never below the truth more often than the doubt allows, and hardly above what the worst case asks for."""

import random
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.declarations.domain.sampling import protocol, strata
from services.declarations.statistics import bounds
from services.declarations.statistics.points_bounds import points_of, units_of

D = Decimal
CONFIDENCE = D("0.95")


def _chance(parts, spread) -> Fraction:
    """P(an estimate as low as the one seen), by listing every sample's numbers."""
    seen = sum(Fraction(lot, sample) * found for lot, sample, found in parts)
    total = Fraction(0)
    for counts in product(*(range(sample + 1) for _, sample, _ in parts)):
        if sum(Fraction(lot, sample) * one for (lot, sample, _), one in zip(parts, counts, strict=True)) <= seen:
            chance = Fraction(1)
            for (lot, sample, _), false, one in zip(parts, spread, counts, strict=True):
                chance *= Fraction(comb(false, one) * comb(lot - false, sample - one), comb(lot, sample))
            total += chance
    return total


def _worst(parts, doubt: Fraction) -> int:
    """The largest number that some spread leaves likelier than ``doubt``, by trying every spread."""
    ranges = [range(found, lot - sample + found + 1) for lot, sample, found in parts]
    return max(sum(spread) for spread in product(*ranges) if _chance(parts, spread) > doubt)


parts_of = st.lists(
    st.tuples(st.integers(2, 9), st.integers(1, 4), st.integers(0, 4)).map(
        lambda one: (one[0], min(one[1], one[0] - 1), min(one[2], one[1], one[0] - 1))
    ),
    min_size=2,
    max_size=3,
)


@settings(max_examples=25, deadline=None)
@given(parts_of)
def test_the_bound_of_strata_is_the_worst_of_every_spread(parts):
    exact = Fraction(_worst(parts, Fraction(1, 20)), sum(lot for lot, _, _ in parts))
    assert abs(Fraction(bounds.stratified_bound(parts, CONFIDENCE).upper) - exact) <= Fraction(1, 10**6)


def test_three_strata_of_a_thousand_bound_nothing_found_within_15_percent_of_the_worst_case():
    sizes = {"high": 100, "middle": 300, "low": 600}
    given_ = strata.allocate(sizes, 56, D("0.2"))
    parts = [(sizes[name], given_[name], 0) for name in sizes]
    upper = float(bounds.stratified_bound(parts, CONFIDENCE).upper)
    worst = max(  # nothing found: the chance is a product, so that spreads of two strata at a time are enough to try
        sum(spread)
        for total in range(40, 140)
        for high in (0, 1, 2)
        for middle in range(0, total - high, 1)
        for spread in [(high, middle, total - high - middle)]
        if all(false <= lot - sample for false, (lot, sample, _) in zip(spread, parts, strict=True))
        and _nothing(parts, spread) > 0.05
    )
    assert worst / 1000 <= upper <= 1.15 * worst / 1000


def _nothing(parts, spread) -> float:
    chance = 1.0
    for (lot, sample, _), false in zip(parts, spread, strict=True):
        chance *= comb(lot - false, sample) / comb(lot, sample)
    return chance


def _false_share(points: list[int], false: set[int]) -> Fraction:
    return Fraction(sum(points[one] for one in false), sum(points))


def _drawn_bound(points, measures, false: set[int], count: int, floor, value: str) -> Decimal:
    """The bound that a check gives whose list is drawn from as the service draws."""
    entries = tuple(
        protocol.Entry("declaration", f"{place:04}", 1, "all", one, ()) for place, one in enumerate(measures)
    )
    frozen = protocol.Frozen("B00", "check", "v", protocol.POINTS, {"all": count}, ("A",), entries)
    chosen = {int(one.entry.item) for one in protocol.draw(frozen, value)}
    found = [place in false if place in chosen else None for place in range(len(points))]
    return bounds.points_bound(units_of(measures, Fraction(floor), count, found), CONFIDENCE).upper


def test_points_of_a_list_come_back_from_its_measures():
    points = [D("15"), D("1"), D("0.5"), D("3.25")]
    measures = strata.measures(points, D("0.2"))
    back = points_of(measures, Fraction(D("0.2")))
    assert [Fraction(one, back[1]) for one in back] == [Fraction(one) for one in points]


def test_what_is_drawn_for_certain_is_known_and_never_below_the_truth():
    points = [D(15)] * 5 + [D(1)] * 35
    measures = strata.measures(points, D("0.05"))
    truth = Fraction(75, 110)
    for number in range(100):
        upper = _drawn_bound([int(one) for one in points], measures, set(range(5)), 20, D("0.05"), str(number))
        assert Fraction(upper) >= truth


@pytest.mark.parametrize("kind", ["small", "large", "any", "block", "none"])
@pytest.mark.parametrize("floor", ["0.05", "0.5"])
def test_a_bound_by_points_holds_as_often_as_it_says(kind, floor):
    chance, populations, missed = random.Random(f"{kind}{floor}"), 0, 0
    for number in range(200):
        size = chance.randint(20, 60)
        points = [chance.choice([1, 1, 2, 2, 3, 5, 8, 15]) for _ in range(size)]
        falses = chance.randint(0, size // 2)
        ordered = sorted(range(size), key=lambda one: (points[one], chance.random()))
        start = chance.randint(0, size - falses)
        false = {
            "small": ordered[:falses],
            "large": ordered[size - falses :],
            "any": chance.sample(range(size), falses),
            "block": range(start, start + falses),
            "none": [],
        }[kind]
        measures = strata.measures([D(one) for one in points], D(floor))
        count = chance.randint(5, size - 1)
        upper = _drawn_bound(points, measures, set(false), count, D(floor), str(number))
        populations += 1
        missed += Fraction(upper) < _false_share(points, set(false))
    assert missed / populations <= 0.05


@pytest.mark.parametrize("block", [5, 10, 20])
def test_a_bound_by_points_holds_within_a_list_that_repeats_itself(block: int):
    """People declare in blocks, each with two false ones at the same places: equal steps along such a list would meet all or none."""
    points = [2] * 200
    false = {start + one for start in range(0, 200, block) for one in (0, 1)}
    measures = strata.measures([D(one) for one in points], D("0.05"))
    truth = _false_share(points, false)
    missed = sum(
        Fraction(_drawn_bound(points, measures, false, 20, D("0.05"), f"v{one}")) < truth for one in range(150)
    )
    assert missed / 150 <= 0.08  # 5 % by the law of the draw, and what 150 repetitions scatter


def test_strata_of_thousands_with_many_found_are_bounded_without_walking_every_sample():
    before = bounds.stratified_bound([(2000, 100, 30), (3000, 100, 25), (1000, 100, 30)], CONFIDENCE)
    assert Fraction(30 * 20 + 25 * 30 + 30 * 10, 6000) < Fraction(before.upper) < Fraction(2, 5)


def test_a_bound_of_strata_holds_as_often_as_it_says():
    chance, missed = random.Random(7), 0
    for _ in range(200):
        lots = [chance.randint(20, 200) for _ in range(3)]
        samples = [max(2, lot * chance.choice([5, 10, 30]) // 100) for lot in lots]
        falses = [chance.randint(0, lot // chance.choice([2, 5, 20])) for lot in lots]
        found = [
            sum(one < false for one in chance.sample(range(lot), sample))
            for lot, sample, false in zip(lots, samples, falses, strict=True)
        ]
        parts = list(zip(lots, samples, found, strict=True))
        upper = Fraction(bounds.stratified_bound(parts, CONFIDENCE).upper)
        missed += upper < Fraction(sum(falses), sum(lots))
    assert missed / 200 <= 0.05


@pytest.mark.parametrize("lot", [400, 4000, 50_000])
def test_a_plan_that_expects_some_false_ones_still_bounds_the_rate(lot):
    rate = D("0.05")
    for expected in (0, 1, 3):
        size = bounds.size_for(lot, rate, CONFIDENCE, expected)
        assert bounds.upper_bound(lot, size, expected, CONFIDENCE).upper <= rate
        assert bounds.upper_bound(lot, size - 1, expected, CONFIDENCE).upper > rate
    assert bounds.size_for(lot, rate, CONFIDENCE, 1) > bounds.size_for(lot, rate, CONFIDENCE)
