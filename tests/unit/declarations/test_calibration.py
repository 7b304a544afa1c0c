"""Calibration against published worked examples, and against worlds whose truth is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.declarations.calibration.agreement import (
    INTERVAL,
    NOMINAL,
    ORDINAL,
    icc_one_way,
    icc_two_way,
    kendall_w,
    krippendorff,
    matrix_of,
)
from services.declarations.calibration.severity import Components, calibrate, estimate, means, votes_of
from services.declarations.calibration.signals import signals

NAN = float("nan")

# D. C. Montgomery, Design and Analysis of Experiments, balanced incomplete block design: four catalysts in four batches of three.
BATCHES = [
    {"1": 73.0, "3": 73, "4": 75},
    {"1": 74.0, "2": 75, "3": 75},
    {"2": 67.0, "3": 68, "4": 72},
    {"1": 71.0, "2": 72, "4": 75},
]


def test_variance_components_of_the_balanced_incomplete_block_example() -> None:
    """MS_E = 0.65; SS of batches adjusted for catalysts 66.08, σ²_β = (22.03 − 0.65)(4 − 1) ÷ (4 (3 − 1)) = 8.02."""
    votes, _ = votes_of(BATCHES)
    found = estimate(votes)
    assert found.residual == pytest.approx(0.65)
    assert found.severity == pytest.approx(8.02, abs=0.005)
    assert found.linked == [[0, 1, 2, 3]]


def test_merits_of_the_balanced_incomplete_block_example_are_its_combined_estimates() -> None:
    """Recovery of interblock information: τ* = −1.09, −0.88, −0.50, 2.47 (the estimates within blocks are −1.125, −0.875, −0.5, 2.5)."""
    votes, subjects = votes_of(BATCHES)
    merit = calibrate(votes).merit
    assert subjects == ["1", "2", "3", "4"]
    assert list(merit - merit.mean()) == pytest.approx([-1.09, -0.88, -0.50, 2.47], abs=0.006)


def test_with_severities_known_to_be_large_the_merits_are_those_within_blocks() -> None:
    votes, _ = votes_of(BATCHES)
    merit = calibrate(votes, Components(1e9, 0.65, [])).merit
    assert list(merit - merit.mean()) == pytest.approx([-9 / 8, -7 / 8, -4 / 8, 20 / 8], abs=1e-4)


def test_severity_is_the_shrunken_mean_residual() -> None:
    """scoring-methods §5: severity = n σ²_β ÷ (n σ²_β + σ²_ε) × the mean of what the rater gave above the merits."""
    votes, _ = votes_of(BATCHES)
    found = calibrate(votes)
    above = votes.value - found.merit[votes.subject]
    for rater in range(votes.raters):
        own = above[votes.rater == rater]
        weight = len(own) * found.components.severity
        expected = weight / (weight + found.components.residual) * own.mean()
        assert found.severity[rater] == pytest.approx(expected, abs=1e-9)


# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C/D: four observers, twelve units, missing data.
OBSERVERS = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
])  # fmt: skip


@pytest.mark.parametrize(("metric", "alpha"), [(NOMINAL, 0.743), (ORDINAL, 0.815), (INTERVAL, 0.849)])
def test_krippendorffs_own_example(metric: str, alpha: float) -> None:
    assert krippendorff(OBSERVERS, metric) == pytest.approx(alpha, abs=0.0005)


def test_alpha_where_all_agree_or_nobody_can_disagree() -> None:
    assert krippendorff(np.array([[1.0, 2, 3], [1, 2, 3]])) == pytest.approx(1)
    assert krippendorff(np.array([[1.0, 1, 1], [1, 1, 1]])) is None
    assert krippendorff(np.array([[1.0, NAN], [NAN, 2]])) is None


def test_kendalls_w_of_siegels_example() -> None:
    """S. Siegel, Nonparametric Statistics (1956), table 9.5: three executives rank six applicants, s = 25.5, W = .16."""
    ranks = np.array([[1.0, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
    assert kendall_w(ranks) == pytest.approx(0.16, abs=0.005)
    assert kendall_w(np.array([[1.0, 1, 2], [1, 1, 2]])) == pytest.approx(1)  # ties are corrected for
    assert kendall_w(np.array([[1.0, NAN], [NAN, 1]])) is None


def test_intraclass_correlations_of_shrout_and_fleiss() -> None:
    """Psychological Bulletin 86 (1979), tables 2 and 4: six targets, four judges."""
    judges = np.array([[9.0, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]])
    assert icc_one_way(judges) == pytest.approx((0.17, 0.44), abs=0.005)
    assert icc_two_way(judges) == pytest.approx((0.29, 0.62), abs=0.005)
    assert icc_two_way(np.array([[1.0, NAN], [1, 2]])) is None


def _world(seed: int) -> tuple[list[dict[str, float]], dict[str, float]]:
    """Sixty subjects, five of thirty raters each; merit and severity with a standard deviation of 5, noise with 7."""
    dice = np.random.default_rng(seed)
    merit = {f"P{number:02}": float(value) for number, value in enumerate(dice.normal(80, 5, 60))}
    severity = dice.normal(0, 5, 30)
    ballots: list[dict[str, float]] = [{} for _ in range(30)]
    for subject, true in merit.items():
        for rater in dice.choice(30, 5, replace=False):
            ballots[rater][subject] = true + severity[rater] + dice.normal(0, 7)
    return ballots, merit


def test_adjusted_values_are_nearer_to_the_truth_than_raw_ones() -> None:
    raw, adjusted = [], []
    for seed in range(25):
        ballots, merit = _world(seed)
        votes, subjects = votes_of(ballots)
        truth = [merit[subject] for subject in subjects]
        raw.append(np.corrcoef(means(votes), truth)[0, 1])
        adjusted.append(np.corrcoef(calibrate(votes).merit, truth)[0, 1])
    assert np.mean(raw) == pytest.approx(0.794, abs=0.02)  # √(25 ÷ (25 + (25 + 49) ÷ 5))
    assert np.mean(adjusted) == pytest.approx(0.827, abs=0.02)
    assert np.mean(adjusted) > np.mean(raw) + 0.02


def test_raters_who_do_not_differ_leave_the_raw_means() -> None:
    votes, _ = votes_of([{"a": 1.0, "b": 0.7, "c": 0.4}, {"a": 0.7, "b": 1.0, "c": 0.4}])
    found = calibrate(votes)
    assert list(found.merit) == pytest.approx(list(means(votes)))
    assert not found.severity.any()


def test_subjects_that_no_rater_connects_are_reported() -> None:
    votes, subjects = votes_of([{"a": 1.0, "b": 0.7}, {"b": 0.7, "c": 1.0}, {"x": 0.4, "y": 1.0}])
    assert [[subjects[one] for one in part] for part in estimate(votes).linked] == [["a", "b", "c"], ["x", "y"]]


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcdef"), st.sampled_from([1.0, 0.85, 0.7, 0.6, 0.4]), min_size=1),
        min_size=1,
        max_size=8,
    )
)
def test_any_ballots_give_finite_figures(ballots: list[dict[str, float]]) -> None:
    votes, subjects = votes_of(ballots)
    found = calibrate(votes)
    assert np.isfinite(found.merit).all()
    assert np.isfinite(found.error).all()
    assert sorted(one for part in found.components.linked for one in part) == list(range(len(subjects)))


VALUES = (1.0, 0.85, 0.7, 0.6, 0.4)


def ballot(*values: float) -> dict[str, float]:
    return {f"P{number}": value for number, value in enumerate(values)}


def test_ballots_that_grade_nobody_are_counted() -> None:
    honest = [ballot(1, 0.85, 0.85, 0.7, 1), ballot(0.85, 0.85, 0.7, 0.7, 0.6)]
    straight, against = ballot(1, 1, 1, 1, 1), ballot(1, 1, 0.4, 1, 1)
    found = signals([*honest, straight, against, ballot(1, 1)], VALUES)
    assert (found.judged, found.straight, found.lone, found.copied) == (4, 1, 1, 0)
    assert signals([honest[0], honest[0], honest[1]], VALUES).copied == 2


def test_where_one_subject_was_graded_nothing_is_said_of_its_raters() -> None:
    ballots = [{"a": 1.0}, {"a": 0.8}, {"a": 0.5}]
    votes, subjects = votes_of(ballots)
    assert not estimate(votes).estimated
    assert calibrate(votes).merit == pytest.approx([2.3 / 3])
    assert krippendorff(matrix_of(ballots, subjects)) is None


def test_a_metric_that_is_none_is_refused_and_ratio_weighs_by_size() -> None:
    matrix = np.array([[1.0, 10, 3, 5], [2, 11, 3, 5]])
    with pytest.raises(ValueError, match="metric"):
        krippendorff(matrix, "rank")
    apart = ((1 / 3) ** 2 + (1 / 21) ** 2) * 2  # the two pairs that differ, each counted both ways
    values, counts = [1.0, 2, 3, 5, 10, 11], [1, 1, 2, 2, 1, 1]
    expected = sum(
        one * other * ((a - b) / (a + b)) ** 2
        for a, one in zip(values, counts, strict=True)
        for b, other in zip(values, counts, strict=True)
    )
    assert krippendorff(matrix, "ratio") == pytest.approx(1 - apart / (expected / 7))
