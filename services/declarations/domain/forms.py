"""The five forms, and the period that they are of."""

from services.declarations.domain.cycles import Cycle, Period
from shared.vocabulary.refusals import invalid

REVIEW, ACCOUNTABILITY, CONTRIBUTION = "review", "accountability", "contribution"
TEMPORARY, SUBJECTIVE = "temporary", "subjective"
BY_SHEET = "按离线表填报"  # on record of what a sheet put in


def period_of(cycle: Cycle, code: str) -> Period:
    if code not in cycle.periods:
        raise invalid("period.unknown", f"没有周期 {code}", f"no period {code} in this cycle", "period")
    return cycle.periods[code]
