"""A month of some people as it stands: of a closed month what was stored, of an open one what would be judged now."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.attendance.domain.months import Month, figures_text
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.months import MonthFigures, Months
from services.attendance.usecases.judging import judge_people
from services.attendance.usecases.months import judged_people
from shared.clock import today
from shared.database import Row, Session

_ONE_DAY = timedelta(days=1)


def judged_month(session: Session, bureau: str, month: Month, codes: Sequence[str], *, closed: bool) -> dict[str, Row]:
    """Return person -> ``figures``, ``detail``, ``revision`` (0: not closed); of an open month of whom closing would judge, and
    nobody is held to a day before it is over."""
    if closed:
        return MonthFigures(session, bureau).of_month(month.code, list(codes))
    if month.first > today():
        return {}
    enrolled = Enrolments(session, bureau).persons(codes) | MonthFigures(session, bureau).persons(month.code, codes)
    people = judged_people(session, bureau, month, sorted(enrolled))
    return {
        code: {"figures": figures_text(one.figures), "detail": one.detail, "revision": 0}
        for code, one in judge_people(session, bureau, month, people, today() - _ONE_DAY).items()
    }


def closed_months(session: Session, bureau: str) -> frozenset[str]:
    return frozenset(Months(session, bureau).closed())


def months_of(year: int) -> list[Month]:
    """Return the year's months that have begun."""
    return [Month(f"{year}-{number:02}") for number in range(1, 13) if date(year, number, 1) <= today()]
