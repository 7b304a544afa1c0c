"""Missed deadlines and who answers for them: a dispatch that is entered late may say that another had the case on the last day."""

from collections.abc import Iterator
from datetime import date

from services.complaints.domain.calendars import Calendar
from services.complaints.domain.cases import Case, day_of
from services.complaints.domain.deadlines import LATE, OVERDUE, Deadline, deadlines
from services.complaints.domain.events import DISPATCHING, Event


def moved_by(event: Event, before: Case, after: Case, calendar: Calendar) -> Iterator[Deadline]:
    """Yield the deadlines of ``before`` that were missed by whoever answered for them then, and by another once ``event`` is told."""
    today = day_of(event.recorded_at)
    if event.name not in DISPATCHING or day_of(event.happened_at) == today:
        return
    now = {(one.name, one.start): _holder(one) for one in _missed(after, calendar, today)}
    for one in _missed(before, calendar, today):
        if now.get((one.name, one.start), _holder(one)) != _holder(one):
            yield one


def _missed(case: Case, calendar: Calendar, today: date) -> Iterator[Deadline]:
    return (one for one in deadlines(case, calendar, today) if one.state in (LATE, OVERDUE))


def _holder(one: Deadline) -> tuple[str | None, str | None]:
    return one.unit, one.handler
