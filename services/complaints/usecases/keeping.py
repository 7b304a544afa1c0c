"""Storing cases with their deadlines and facts; closed months that a change reaches are recomputed."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.complaints.domain.calendars import Calendar
from services.complaints.domain.cases import Case
from services.complaints.domain.deadlines import deadlines
from services.complaints.domain.figures import Fact, facts
from services.complaints.storage.cases import Cases, Facts, month_of
from services.complaints.storage.figures import Months
from services.complaints.usecases.figures import refresh


def keep_cases(session: Session, bureau: str, changed: Sequence[Case], calendar: Calendar) -> None:
    """Store new or changed cases (locked by the caller where they exist) and let their figures follow."""
    given = {case: facts(case, calendar) for case in changed}
    stored = Facts(session, bureau).of_cases(case.code for case in changed)
    differing = [fact for case, new in given.items() for fact in _differences(stored.get(case.code, []), new)]
    closed = Months(session, bureau).hold_open(month_of(fact.day) for fact in differing)
    Cases(session, bureau).save([(case, deadlines(case, calendar)) for case in changed])
    Facts(session, bureau).replace(given)
    for month in closed:
        reached = [fact for fact in differing if month_of(fact.day) == month]
        refresh(session, bureau, month, {one for fact in reached for one in (fact.unit, fact.person) if one})


def _differences(old: Sequence[Fact], new: Sequence[Fact]) -> list[Fact]:
    return [*(fact for fact in old if fact not in new), *(fact for fact in new if fact not in old)]
