"""The value each subject would have had from raters of mean severity: what stands beside the votes, and in the event for those who score by it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from rules.votes import FEWEST
from services.declarations.calibration.severity import Calibrated, Floats, calibrate, votes_of
from services.declarations.calibration.severity import Votes as Valued
from services.declarations.domain.questionnaires import (
    Cast,
    Questionnaire,
    Votes,
    by_dimension,
    counted_groups,
)

Values = Mapping[str, float]  # grade -> its value
DIGITS = 4


def valued(questionnaire: Questionnaire, cast: Cast, values: Values) -> list[dict[str, float]]:
    """Return each ballot as subject -> value, over the dimensions."""
    weights = {name: float(weight) for name, weight in questionnaire.dimensions.items()}
    return [_values(weights, votes, values) for _, votes in cast]


def adjusted_values(questionnaire: Questionnaire, cast: Cast, values: Values) -> dict[str, Decimal]:
    """Return subject -> value with four decimals, within 0..1; nobody's under three ballots,
    nor of a subject without a counting group."""
    if len(cast) < FEWEST:
        return {}
    votes, subjects = votes_of(valued(questionnaire, cast, values))
    means = weighted_means(questionnaire, [group for group, _ in cast], votes, corrected(votes, calibrate(votes)))
    kept = {code: mean for code, mean in zip(subjects, means, strict=True) if not np.isnan(mean)}
    return {code: Decimal(f"{min(1.0, max(0.0, mean)) + 0.0:.{DIGITS}f}") for code, mean in kept.items()}


def corrected(votes: Valued, found: Calibrated) -> Floats:
    """Return each vote without its rater's severity. Their mean by subject is the merit
    (the subjects' normal equations say so)."""
    return np.asarray(votes.value - found.severity[votes.rater])


def weighted_means(questionnaire: Questionnaire, groups: Sequence[str], votes: Valued, given: Floats) -> list[float]:
    """Return by subject the mean of ``given`` over the groups that count, by their weights; NaN where none counts."""
    names = [one.group for one in questionnaire.groups]
    of_rater = np.array([names.index(group) for group in groups])
    cell = votes.subject * len(names) + of_rater[votes.rater]
    size = votes.subjects * len(names)
    totals = np.bincount(cell, given, size).reshape(votes.subjects, len(names))
    numbers = np.bincount(cell, minlength=size).reshape(votes.subjects, len(names))
    return [_mean(questionnaire, names, totals[place], numbers[place].tolist()) for place in range(votes.subjects)]


def _mean(questionnaire: Questionnaire, names: Sequence[str], totals: Floats, numbers: Sequence[int]) -> float:
    total = weights = 0.0
    for one in counted_groups(questionnaire, dict(zip(names, numbers, strict=True))):
        place = names.index(one.group)
        weight = float(one.weight) if one.weight is not None else float(numbers[place])
        total += weight * float(totals[place]) / numbers[place]
        weights += weight
    return total / weights if weights else float("nan")


def _values(weights: Mapping[str, float], votes: Votes, values: Values) -> dict[str, float]:
    return {
        subject: sum(weights[name] * values[grade] for name, grade in by_dimension(grades).items())
        for subject, grades in votes.items()
    }
