"""The five forms, and the periods that lie in theirs."""

from services.declarations.domain.cycles import Cycle, Period

REVIEW, ACCOUNTABILITY, CONTRIBUTION = "review", "accountability", "contribution"
TEMPORARY, SUBJECTIVE = "temporary", "subjective"
YEARLY = "yearly"
BY_SHEET = "按离线表填报"  # on record of what a sheet put in


def periods_inside(cycle: Cycle, period: Period) -> list[Period]:
    """Return every period of the cycle that lies in ``period``, itself too, by their beginnings, the shortest first."""
    found = [one for one in cycle.periods.values() if period.starts <= one.starts and one.ends <= period.ends]
    return sorted(found, key=lambda one: (one.starts, one.ends))
