"""A case's deadlines: each with the regime and article it rests on, whether it was kept, and what it would be otherwise read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.complaints.domain.calendars import Almanac, Calendar, Pause, Paused, Provisional, period_end
from services.complaints.domain.cases import ASSOCIATION, COMPLAINT, FILED, REPORT, TERMINATED, Case, day_of
from services.complaints.domain.regimes import (
    ACCEPT,
    DISPUTE,
    FILED_CASE,
    LEAD,
    MEDIATE,
    ODR,
    REGIMES,
    TELL_FILING,
    TELL_RESULT,
    TELL_TERMINATION,
    VERIFY,
    Readings,
    Regime,
    Term,
    regime_on,
)

RUNNING, PAUSED, OVERDUE, KEPT, LATE = "running", "paused", "overdue", "kept", "late"
SUPERSEDED, ENDED = "superseded", "ended"
SOON_DAYS = 2  # working days before the end from which a deadline is near


@dataclass(frozen=True)
class OtherReading:
    """What the deadline would be under the other reading of the law, or under the law beside it."""

    reading: str
    due: date | None
    article: str


@dataclass(frozen=True)
class Deadline:
    """``due`` is None while paused. ``provisional``: it lies in a year whose calendar is not known yet.

    ``unit``, ``handler``: who answers for it: who met it, or who held the case as its last day began.
    """

    name: str
    start: date
    due: date | None
    done: date | None
    regime: str
    article: str
    state: str
    provisional: bool = False
    superseded: bool = False
    unit: str | None = None
    handler: str | None = None
    others: tuple[OtherReading, ...] = ()

    @property
    def kept(self) -> bool:
        return self.due is not None and self.done is not None and self.done <= self.due


@dataclass(frozen=True)
class _Clock:
    name: str
    start: date
    met: datetime | None
    extended: bool = False
    until: date | None = None  # superseded by a later start on this day
    fixed: date | None = None  # the day that was decided on


def deadlines(case: Case, calendar: Calendar, today: date | None = None) -> list[Deadline]:
    """All deadlines of ``case`` that have begun, as of ``today`` where one is given (else nothing is overdue yet).

    An association's own case has none: it is no bureau procedure.
    """
    if case.organisation == ASSOCIATION or case.status == "voided":
        return []
    return [_as_of(_deadline(case, calendar, clock), today) for clock in _clocks(case)]


def regime_of(case: Case, start: date | None = None) -> Regime:
    """The regime that judges ``case``: that of its receipt, or where so read that under which a clock started."""
    received = regime_on(day_of(case.received_at))
    by_receipt = received.readings.by_receipt and not case.inherited
    return received if by_receipt or start is None else regime_on(start)


def _clocks(case: Case) -> Iterator[_Clock]:
    marks = case.marks
    if case.kind == COMPLAINT:
        yield from _of_a_complaint(case)
    if case.kind == REPORT:
        yield from _of_a_report(case)
    if "lead" in marks:
        yield _Clock(LEAD, day_of(marks["lead"]), marks.get("check_lead"), extended="extend_lead" in marks)
    if case.competence.disputed_at:
        yield _Clock(DISPUTE, day_of(case.competence.disputed_at), case.competence.settled_at)
    if "send_to_trader" in marks:
        yield _Clock(ODR, day_of(marks["send_to_trader"]), marks.get("trader_answered"))


def _of_a_complaint(case: Case) -> Iterator[_Clock]:
    yield _Clock(ACCEPT, day_of(case.received_at), case.decided_at)
    if case.decided_at and case.accepted:
        yield _Clock(MEDIATE, day_of(case.decided_at), case.concluded_at)
    if case.concluded_at and case.outcome == TERMINATED:
        yield _Clock(TELL_TERMINATION, day_of(case.concluded_at), case.told_at)


def _of_a_report(case: Case) -> Iterator[_Clock]:
    starts = [case.received_at, *case.restarts]
    for since, ends in zip(starts, [*starts[1:], None], strict=True):
        extended = any(at >= since and (ends is None or at < ends) for at in case.extensions)
        if ends is None:
            extended = case.extended_at is not None
        if ends is None or ends not in case.wiped:
            yield _Clock(
                VERIFY,
                day_of(since),
                None if ends else case.concluded_at,
                extended,
                day_of(ends) if ends else None,
            )
    if not case.concluded_at:
        return
    if case.must_tell:
        yield _Clock(TELL_RESULT, day_of(case.concluded_at), case.told_at)
    if case.outcome == FILED and not case.inherited:
        concluded = day_of(case.concluded_at)
        if case.real_name and TELL_FILING in regime_of(case).terms:
            yield _Clock(TELL_FILING, concluded, case.told_at)
        ended, extended = case.marks.get("end_filed"), "extend_filed" in case.marks
        yield _Clock(FILED_CASE, concluded, ended, extended, fixed=case.filed_until)


def _deadline(case: Case, calendar: Calendar, clock: _Clock) -> Deadline:
    regime = regime_of(case, clock.start)
    term = regime.terms[clock.name]
    pauses = _pauses(case, clock, regime.readings)
    done = day_of(clock.met) if clock.met else None
    due, provisional, state = None, False, RUNNING
    try:
        due, provisional = _end(calendar, clock, term, pauses, regime)
    except Paused:
        state = PAUSED
    if due and done:
        state = KEPT if done <= due else LATE
    one = Deadline(clock.name, clock.start, due, done, regime.code, term.article, state, provisional)
    one = _stopped(case, clock, one)
    if due:
        holder = case.holder_at(clock.met) if one.kept and clock.met else case.holder_on(due)
        one = replace(one, unit=holder.unit, handler=holder.handler)
    others = () if clock.fixed else tuple(_others(case, calendar, clock, one, regime, term))
    return replace(one, others=others)


def _pauses(case: Case, clock: _Clock, readings: Readings) -> Sequence[Pause]:
    """The days that ``clock`` does not count: appraisal and testing, and where so read supplements and recusals."""
    appraisals = case.pauses if clock.name in (MEDIATE, VERIFY) else ()
    supplements = case.supplementing if clock.name == ACCEPT and readings.supplement_pauses else ()
    recusals = case.recusing if clock.name == MEDIATE and readings.recusal_pauses else ()
    return (*appraisals, *supplements, *recusals)


def _end(calendar: Calendar, clock: _Clock, term: Term, pauses: Sequence[Pause], regime: Regime) -> tuple[date, bool]:
    """The last day, and whether it is only provisional. What was met is judged by the calendar that was known then, if that
    reached so far."""

    def end(reckoning: Provisional) -> date:
        if clock.fixed:
            return clock.fixed
        return period_end(reckoning, clock.start, term, pauses, extended=clock.extended, readings=regime.readings)

    if clock.met and isinstance(calendar, Almanac):
        then = Provisional(calendar.as_of(clock.met))
        day = end(then)
        if not then.guessed:
            return day, False
    now = Provisional(calendar)
    return end(now), now.guessed


def _stopped(case: Case, clock: _Clock, one: Deadline) -> Deadline:
    """A later receipt or a withdrawal ends a clock, but not what it missed by then."""
    stop = clock.until or (day_of(case.stopped_at) if case.stopped_at and not clock.met else None)
    if stop is None:
        return one
    if one.due and one.due < stop:
        return replace(one, state=LATE, superseded=True)
    return replace(one, state=SUPERSEDED if clock.until else ENDED, superseded=True)


def _as_of(one: Deadline, today: date | None) -> Deadline:
    if today and one.state == RUNNING and one.due and one.due < today:
        return replace(one, state=OVERDUE)
    return one


def _others(
    case: Case, calendar: Calendar, clock: _Clock, one: Deadline, regime: Regime, term: Term
) -> Iterator[OtherReading]:
    """The other readings that give another day."""
    read = regime.readings

    def other(reading: str, start: date, by: Term, reads: Regime = regime, **changed: bool) -> Iterator[OtherReading]:
        try:
            readings = replace(reads.readings, **changed)
            pauses = _pauses(case, clock, readings)
            due = period_end(Provisional(calendar), start, by, pauses, extended=clock.extended, readings=readings)
        except Paused:
            return
        if due != one.due:
            yield OtherReading(reading, due, by.article)

    yield from other("weekend_moves", clock.start, term, weekend_moves=not read.weekend_moves)
    yield from other("pause_both_ends", clock.start, term, pause_both_ends=not read.pause_both_ends)
    yield from other("supplement_pauses", clock.start, term, supplement_pauses=not read.supplement_pauses)
    yield from other("recusal_pauses", clock.start, term, recusal_pauses=not read.recusal_pauses)
    if clock.name in regime.beside:
        yield from other("earlier_of_two", clock.start, regime.beside[clock.name])
    crossed = _crossed(case, one, regime)
    if crossed is not None and clock.name in crossed.terms:
        yield from other("other_regime", clock.start, crossed.terms[clock.name], crossed)
    if case.first_received_at and clock.name in (ACCEPT, VERIFY):
        yield from other("first_receipt", day_of(case.first_received_at), term)


def _crossed(case: Case, one: Deadline, regime: Regime) -> Regime | None:
    """Return the other regime where one came into force between the receipt and the end of the clock."""
    received, ends = day_of(case.received_at), one.done or one.due
    later = [other for other in REGIMES if ends and received < other.starts <= ends]
    if regime in later:
        return regime_on(received)
    return later[-1] if later else None
