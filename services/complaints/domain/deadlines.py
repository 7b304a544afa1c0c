"""A case's deadlines: each with the regime and article it rests on, and whether it was kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from services.complaints.domain.calendars import Calendar, Paused, period_end
from services.complaints.domain.cases import ASSOCIATION, COMPLAINT, TERMINATED, Case, day_of
from services.complaints.domain.regimes import ACCEPT, MEDIATE, TELL_RESULT, TELL_TERMINATION, VERIFY, regime_on

RUNNING, PAUSED, BEYOND, KEPT, LATE = "running", "paused", "beyond_calendar", "kept", "late"


@dataclass(frozen=True)
class Deadline:
    """``due`` is None while paused, or where it lies in a year whose calendar is not known yet."""

    name: str
    due: date | None
    done: date | None
    regime: str
    article: str
    state: str

    @property
    def kept(self) -> bool:
        return self.due is not None and self.done is not None and self.done <= self.due


def deadlines(case: Case, calendar: Calendar) -> list[Deadline]:
    """All deadlines of ``case`` that have begun. An association's own case has none: it is no bureau procedure."""
    return [] if case.organisation == ASSOCIATION else [_deadline(case, calendar, *clock) for clock in _clocks(case)]


def _clocks(case: Case) -> Iterator[tuple[str, date, datetime | None]]:
    """(which, the day it starts, when it was met)."""
    received = case.restarted_on or day_of(case.received_at)
    if case.kind != COMPLAINT:
        yield VERIFY, received, case.concluded_at
        if case.concluded_at and case.must_tell:
            yield TELL_RESULT, day_of(case.concluded_at), case.told_at
        return
    yield ACCEPT, received, case.decided_at
    if case.decided_at and case.accepted:
        yield MEDIATE, day_of(case.decided_at), case.concluded_at
    if case.concluded_at and case.outcome == TERMINATED:
        yield TELL_TERMINATION, day_of(case.concluded_at), case.told_at


def _deadline(case: Case, calendar: Calendar, name: str, start: date, met: datetime | None) -> Deadline:
    regime = regime_on(start)
    term = regime.terms[name]
    pauses = case.pauses if name in (MEDIATE, VERIFY) else ()
    extended = name == VERIFY and case.extended_at is not None
    done = day_of(met) if met else None
    due, state = None, RUNNING
    try:
        due = period_end(calendar, start, term, pauses, extended=extended)
    except Paused:
        state = PAUSED
    except LookupError:
        state = BEYOND
    if due and done:
        state = KEPT if done <= due else LATE
    return Deadline(name, due, done, regime.code, term.article, state)
