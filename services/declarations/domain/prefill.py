"""What the machines know: the figures of a period's months, summed into the counts of an indicator's rule."""

from collections.abc import Mapping, Sequence
from functools import reduce

import rules
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.words import ZERO, Counts

Figures = Mapping[str, Counts]  # of one subject and month: figure -> counts
COMPLAINTS = "complaints"


def machine_counts(indicator: Indicator, months: Sequence[str], figures: Mapping[str, Figures]) -> Counts | None:
    """Return the machine's counts for the period of ``months``; None where no machine counts it, or not yet.

    ``figures`` holds the months that are known. A handler without complaints has no row, so there a month without one
    is a month without cases; attendance closes every month of everybody, so there it is a month not closed yet.
    """
    if indicator.figure is None:
        return None
    if indicator.source != COMPLAINTS and not all(month in figures for month in months):
        return None
    known = [figures[month].get(indicator.figure, {}) for month in months if month in figures]
    return reduce(rules.add_counts, known, _nothing(indicator))


def same_counts(one: Counts, other: Counts) -> bool:
    """Tell whether both count the same; a quantity not named is 0."""
    return all(one.get(key, ZERO) == other.get(key, ZERO) for key in {*one, *other})


def _nothing(indicator: Indicator) -> Counts:
    return dict.fromkeys(rules.RULES[indicator.rule].keys(indicator.rule_params), ZERO)
