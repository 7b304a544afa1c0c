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
    people = judged_people(
        session, bureau, month, sorted(people_with_lines(session, bureau, month, codes, closed=False))
    )
    return {
        code: {"figures": figures_text(one.figures), "detail": one.detail, "revision": 0}
        for code, one in judge_people(session, bureau, month, people, today() - _ONE_DAY).items()
    }


def people_with_lines(
    session: Session, bureau: str, month: Month, codes: Sequence[str], *, closed: bool
) -> frozenset[str]:
    """Return who of ``codes`` has figures in a closed month, or is held to an open one: nobody before it has begun."""
    with_figures = frozenset(MonthFigures(session, bureau).persons(month.code, list(codes)))
    if closed:
        return with_figures
    return frozenset() if month.first > today() else with_figures | Enrolments(session, bureau).persons(codes)


def closed_months(session: Session, bureau: str) -> frozenset[str]:
    return frozenset(Months(session, bureau).closed())


def months_of(year: int) -> list[Month]:
    """Return the year's months that have begun."""
    return [Month(f"{year}-{number:02}") for number in range(1, 13) if date(year, number, 1) <= today()]
