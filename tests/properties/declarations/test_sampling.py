"""Sizes, strata and bounds: the tables of GB/T 2828.1 rebuilt from their structure, bounds against slow exact oracles."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.declarations.domain.sampling import gbt2828, strata
from services.declarations.domain.sampling.bounds import most_false, smallest_sample
from services.declarations.statistics import bounds
from services.declarations.usecases.checks import sizing
from shared.vocabulary.refusals import Refused

SIZES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000]
ACCEPTED = {14: 0, 17: 1, 18: 2, 19: 3, 20: 5, 21: 7, 22: 10, 23: 14, 24: 21}  # by code letter + AQL, both counted
FIVE, D = Decimal("0.95"), Decimal


@pytest.mark.parametrize(
    ("lot", "level", "aql", "expected"),
    [
        (50, "II", "1.0", ("D", 13, 0, 1)),
        (1000, "II", "2.5", ("J", 80, 5, 6)),
        (5, "II", "1.0", ("A", 5, 0, 1)),
        (13, "I", "1.0", ("A", 13, 0, 1)),
        (500_001, "III", "0.1", ("R", 2000, 5, 6)),
    ],
)
def test_plans_of_the_standard(lot, level, aql, expected):
    plan = gbt2828.plan(lot, level, D(aql))
    assert (plan.letter, plan.size, plan.accept, plan.reject) == expected


def test_the_normal_table_follows_the_standards_diagonals():
    """In the standard's table a plan stands where letter + AQL is one of ``ACCEPTED``; elsewhere an arrow leads to the next."""
    for row, letter in enumerate(gbt2828.CODES):
        for column, aql in enumerate(gbt2828.AQLS):
            accepted = gbt2828._TABLES["normal"][1][row][column]
            size = gbt2828._TABLES["normal"][0][row][column]
            place = SIZES.index(size) + column
            if place in ACCEPTED:
                assert accepted == ACCEPTED[place], (letter, aql)
            else:
                assert accepted in (30, 44), (letter, aql)  # only the smallest samples with the largest AQLs
            if row + column in ACCEPTED and row + column != 24:
                assert size == SIZES[row], (letter, aql)


def test_tightened_inspection_never_accepts_what_normal_inspection_rejects():
    """Of two plans for the same lot the tightened one accepts a smaller share of faults, or asks for more to be checked."""
    for row, letter in enumerate(gbt2828.CODES):
        for column, aql in enumerate(gbt2828.AQLS):
            normal, tight = ([table[row][column] for table in gbt2828._TABLES[one]] for one in ("normal", "tightened"))
            assert Fraction(tight[1], tight[0]) <= Fraction(normal[1], normal[0]), (letter, aql)


def test_a_lots_letter_never_falls_as_it_grows():
    for level in gbt2828.LEVELS:
        letters = [gbt2828.CODES.index(gbt2828.code_letter(lot, level)) for lot in range(2, 4000)]
        assert letters == sorted(letters)


@pytest.mark.parametrize(
    ("level", "aql", "severity"), [("IV", "1", "normal"), ("II", "1.1", "normal"), ("II", "1", "x")]
)
def test_what_is_no_plan_of_the_standard_is_refused(level, aql, severity):
    with pytest.raises(Refused):
        gbt2828.plan(100, level, D(aql), severity)


def at_most(lot: int, false: int, sample: int, found: int) -> Fraction:
    """P(at most ``found``), by looking at every sample there is."""
    samples = list(combinations(range(lot), sample))
    return Fraction(sum(sum(one < false for one in drawn) <= found for drawn in samples), len(samples))


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 10), st.data(), st.sampled_from(["0.9", "0.95", "0.5", "0.8"]))
def test_the_bound_of_a_small_lot_is_the_one_counted_out(lot, data, confidence):
    sample = data.draw(st.integers(1, lot))
    found = data.draw(st.integers(0, sample))
    doubt = 1 - Fraction(confidence)
    possible = [d for d in range(found, lot - sample + found + 1) if at_most(lot, d, sample, found) > doubt]
    assert most_false(lot, sample, found, D(confidence)) == max(possible, default=found)


@given(st.integers(1, 400), st.data())
def test_clopper_pearson_is_where_the_binomial_meets_the_doubt(sample, data):
    found = data.draw(st.integers(0, sample - 1))
    upper = Fraction(bounds.clopper_pearson(sample, found, FIVE))
    step = Fraction(2, 1_000_000)
    assert binomial(sample, found, upper) <= Fraction(5, 100) < binomial(sample, found, upper - step)


def binomial(sample: int, found: int, rate: Fraction) -> Fraction:
    numerator, denominator = rate.numerator, rate.denominator
    ways = sum(
        comb(sample, one) * numerator**one * (denominator - numerator) ** (sample - one) for one in range(found + 1)
    )
    return Fraction(ways, denominator**sample)


def test_149_without_a_false_one_bound_the_rate_at_2_percent():
    assert bounds.size_for(10**6, D("0.02"), FIVE) == 149
    assert bounds.upper_bound(10**6, 149, 0, FIVE).upper <= D("0.02") < bounds.upper_bound(10**6, 148, 0, FIVE).upper


@given(st.integers(1, 60), st.sampled_from(["0.02", "0.1", "0.3"]))
def test_the_smallest_sample_is_the_smallest(lot, rate):
    size = smallest_sample(lot, D(rate), FIVE)
    fits = [n for n in range(1, lot + 1) if most_false(lot, n, 0, FIVE) <= Fraction(rate) * lot]
    assert size == min(fits, default=lot)


def test_the_binomial_bound_is_on_the_safe_side_where_lots_change_over():
    lot, sample = 5000, 200
    for found in (0, 1, 5, 20):
        exact = Fraction(most_false(lot, sample, found, FIVE), lot)
        assert Fraction(bounds.clopper_pearson(sample, found, FIVE)) >= exact


def test_strata_seen_whole_are_known_and_one_stratum_is_the_lot_itself():
    assert bounds.stratified_bound([(10, 10, 3)], FIVE).upper == D("0.3")
    assert bounds.stratified_bound([(10, 10, 3), (30, 30, 1)], FIVE) == bounds.Bound(D("0.1"), FIVE, "census")
    known = bounds.stratified_bound([(100, 20, 0), (50, 50, 4)], FIVE).upper
    assert known == (D(4 + most_false(100, 20, 0, FIVE)) / 150).quantize(D("0.000001"), "ROUND_UP")


sizes = st.dictionaries(st.sampled_from(["high", "middle", "low"]), st.integers(1, 300), min_size=1)


@given(sizes, st.data(), st.sampled_from(["0.05", "0.2", "0.5"]))
def test_strata_give_the_whole_sample_none_more_than_it_holds_each_its_floor(lots, data, floor):
    whole = sum(lots.values())
    count = data.draw(st.integers(1, whole))
    given_ = strata.allocate(lots, count, D(floor))
    if not given_:
        assert count < len(lots) + Fraction(floor) * count + len(lots)  # too few for every stratum's floor
        return
    assert sum(given_.values()) == count
    for name, size in lots.items():
        assert 1 <= given_[name] <= size
        assert given_[name] >= Fraction(floor) * count * size / whole
    chances = [Fraction(given_[name], size) for name, size in lots.items() for _ in range(size)]
    assert sum(chances) == count


def test_higher_risk_is_looked_at_harder():
    given_ = strata.allocate({"high": 100, "middle": 100, "low": 100}, 70, D("0.05"))
    assert given_["high"] > given_["middle"] > given_["low"]


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=30), st.sampled_from(["0.05", "0.5"]))
def test_a_share_of_the_measure_is_spread_evenly(points, floor):
    measures = strata.measures(points, D(floor))
    assert all(isinstance(one, int) and one > 0 for one in measures)
    if sum(points):
        shares = [Fraction(one, sum(measures)) for one in measures]
        expected = [(1 - Fraction(floor)) * Fraction(p) / Fraction(sum(points)) + Fraction(floor) / len(points) for p in points]  # fmt: skip
        assert shares == expected


def test_risk_is_gap_findings_and_weight():
    risk = strata.Risk(D(0), 0, 0, heavy=False)
    assert risk.stratum == "low"
    assert strata.Risk(D("0.1"), 0, 0, heavy=False).stratum == "middle"
    assert strata.Risk(D("0.2"), 0, 1, heavy=False).stratum == "high"
    assert strata.Risk(D(0), 1, 0, heavy=True).stratum == "high"
    assert strata.heavy_from([D(1)] * 10) == D("Infinity")
    assert strata.heavy_from([D(1), D(1), D(1), D(9)]) == D(9)


def test_a_rate_that_takes_more_than_one_draw_can_number_is_refused():
    method = {
        "name": "rate",
        "rate": D("0.00001"),
        "confidence": FIVE,
        "floor": D("0.1"),
        "strata": False,
        "expected": 0,
    }
    with pytest.raises(Refused, match=r"method\.rate"):
        sizing.sized(method, list, list, 10**6)
