"""A month of some people as it stands: of a closed month what was stored, of an open one what would be judged now."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from services.attendance.domain.months import Month, figures_text
from services.attendance.storage.months import MonthFigures, Months
from services.attendance.storage.projections import Copies
from services.attendance.usecases.judging import judge_people
from shared.clock import today
from shared.database import Row, Session

_ONE_DAY = timedelta(days=1)


def judged_month(session: Session, bureau: str, month: Month, codes: Sequence[str], *, closed: bool) -> dict[str, Row]:
    """Return person -> ``figures``, ``detail``, ``revision`` (0: not closed); of an open month no day that is not over."""
    if closed:
        return MonthFigures(session, bureau).of_month(month.code, list(codes))
    if month.first > today():
        return {}
    people = Copies(session, bureau).persons(list(codes))
    return {
        code: {"figures": figures_text(one.figures), "detail": _over(one.detail), "revision": 0}
        for code, one in judge_people(session, bureau, month, people).items()
    }


def closed_months(session: Session, bureau: str) -> frozenset[str]:
    return frozenset(Months(session, bureau).closed())


def _over(detail: dict[str, Any]) -> dict[str, Any]:
    """Nobody is held to a day before it is over."""
    through = (today() - _ONE_DAY).isoformat()
    return {**detail, "days": [one for one in detail["days"] if one["day"] <= through]}


def months_of(year: int) -> list[Month]:
    """Return the year's months that have begun."""
    return [Month(f"{year}-{number:02}") for number in range(1, 13) if date(year, number, 1) <= today()]
