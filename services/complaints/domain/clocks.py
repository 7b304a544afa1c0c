"""Which clocks of a case have begun, from when, and when each was met."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from services.complaints.domain.calendars import Calendar, settings_of
from services.complaints.domain.cases import COMPLAINT, FILED, REPORT, TERMINATED, Case, day_of
from services.complaints.domain.regimes import (
    ACCEPT,
    DISPUTE,
    FILED_CASE,
    LEAD,
    MEDIATE,
    ODR,
    TELL_FILING,
    TELL_RESULT,
    TELL_TERMINATION,
    VERIFY,
    Regime,
    regime_on,
)


@dataclass(frozen=True)
class Clock:
    name: str
    start: date
    met: datetime | None
    extended: bool = False
    until: date | None = None  # superseded by a later start on this day
    fixed: date | None = None  # the day that was decided on
    first: date | None = None  # when the bureau received it that handed the case on


def regime_of(case: Case, start: date | None = None, calendar: Calendar | None = None) -> Regime:
    """Return the regime that judges ``case``: that of its receipt, or where so
    read that under which a clock started."""
    received = regime_on(day_of(case.received_at))
    read = settings_of(calendar).on(start).of(received) if calendar and start else received.readings
    return received if start is None or (read.by_receipt and not case.inherited) else regime_on(start)


def clocks(case: Case, calendar: Calendar) -> Iterator[Clock]:
    """Yield all clocks of a bureau's case that have begun, those that a later one took the place of among them."""
    marks = case.marks
    if case.kind == COMPLAINT:
        yield from _of_a_complaint(case)
    if case.kind == REPORT:
        yield from _of_a_report(case, calendar)
    if "lead" in marks:
        yield Clock(LEAD, day_of(marks["lead"]), marks.get("check_lead"), extended="extend_lead" in marks)
    if case.competence.disputed_at:
        yield Clock(DISPUTE, day_of(case.competence.disputed_at), case.competence.settled_at)
    if "send_to_trader" in marks:
        yield Clock(ODR, day_of(marks["send_to_trader"]), marks.get("trader_answered"))


def _of_a_complaint(case: Case) -> Iterator[Clock]:
    yield Clock(ACCEPT, day_of(case.received_at), case.decided_at, first=_first(case))
    if case.decided_at and case.accepted:
        yield Clock(MEDIATE, day_of(case.decided_at), case.concluded_at)
    if case.concluded_at and case.outcome == TERMINATED:
        yield Clock(TELL_TERMINATION, day_of(case.concluded_at), case.told_at)


def _of_a_report(case: Case, calendar: Calendar) -> Iterator[Clock]:
    starts = [case.received_at, *case.restarts]
    for since, ends in zip(starts, [*starts[1:], None], strict=True):
        extended = any(at >= since and (ends is None or at < ends) for at in case.extensions)
        if ends is None:
            extended = case.extended_at is not None
        if ends is None or ends not in case.wiped:
            yield Clock(
                VERIFY,
                day_of(since),
                None if ends else case.concluded_at,
                extended,
                day_of(ends) if ends else None,
                first=_first(case) if since == case.received_at else None,
            )
    if not case.concluded_at:
        return
    if case.must_tell:
        yield Clock(TELL_RESULT, day_of(case.concluded_at), case.told_at)
    if case.outcome == FILED and not case.inherited:
        concluded = day_of(case.concluded_at)
        if case.real_name and TELL_FILING in regime_of(case, concluded, calendar).terms:
            yield Clock(TELL_FILING, concluded, case.told_at)
        ended, extended = case.marks.get("end_filed"), "extend_filed" in case.marks
        yield Clock(FILED_CASE, concluded, ended, extended, fixed=case.filed_until)


def _first(case: Case) -> date | None:
    return day_of(case.first_received_at) if case.first_received_at else None
