"""A case's deadlines: each with the regime and article it rests on, whether it was kept, and what it would be otherwise read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.complaints.domain.calendars import (
    Almanac,
    Calendar,
    Pause,
    Paused,
    Provisional,
    period_end,
    settings_of,
)
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
    WORKING,
    Readings,
    Regime,
    Term,
    regime_on,
)

RUNNING, PAUSED, OVERDUE, KEPT, LATE = "running", "paused", "overdue", "kept", "late"
SUPERSEDED, ENDED = "superseded", "ended"
OWN_LIMIT = "own_limit"
_OWN_RULE = "本局时限"


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
    ``days``, ``counted``: how many working or calendar days, further approved ones included. ``pauses``: what is not counted.
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
    days: int = 0
    counted: str = WORKING
    extended: bool = False
    pauses: tuple[Pause, ...] = ()

    @property
    def own_due(self) -> date | None:
        """The last day by the bureau's own shorter limit, where there is one."""
        return next((one.due for one in self.others if one.reading == OWN_LIMIT), None)

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
    first: date | None = None  # when the bureau received it that handed the case on


@dataclass(frozen=True)
class _Rule:
    """By what a clock is counted."""

    calendar: Calendar
    regime: Regime
    readings: Readings
    term: Term
    extended: bool
    pauses: tuple[Pause, ...]

    def end(self, calendar: Calendar, start: date) -> date:
        return period_end(calendar, start, self.term, self.pauses, extended=self.extended, readings=self.readings)


def deadlines(case: Case, calendar: Calendar, today: date | None = None) -> list[Deadline]:
    """All deadlines of ``case`` that have begun, as of ``today`` where one is given (else nothing is overdue yet).

    An association's own case has none: it is no bureau procedure.
    """
    if case.organisation == ASSOCIATION or case.status == "voided":
        return []
    return [_as_of(_deadline(case, calendar, clock), today) for clock in _clocks(case)]


def regime_of(case: Case, start: date | None = None, calendar: Calendar | None = None) -> Regime:
    """The regime that judges ``case``: that of its receipt, or where so read that under which a clock started."""
    received = regime_on(day_of(case.received_at))
    read = settings_of(calendar).on(start).of(received) if calendar and start else received.readings
    return received if start is None or (read.by_receipt and not case.inherited) else regime_on(start)


def _clocks(case: Case) -> Iterator[_Clock]:
    marks = case.marks
    if case.kind == COMPLAINT:
        yield from _of_a_complaint(case)
    if case.kind == REPORT:
        yield from _of_a_report(case)
    if "lead" in marks:
        yield _Clock(LEAD, day_of(marks["lead"]), marks.get("check_lead"), extended="extend_lead" in marks)
    if "dispute" in marks:
        yield _Clock(DISPUTE, day_of(marks["dispute"]), marks.get("settle_dispute"))
    if "send_to_trader" in marks:
        yield _Clock(ODR, day_of(marks["send_to_trader"]), marks.get("trader_answered"))


def _of_a_complaint(case: Case) -> Iterator[_Clock]:
    yield _Clock(ACCEPT, day_of(case.received_at), case.decided_at, first=_first(case))
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
                _first(case) if since == case.received_at else None,
            )
    if not case.concluded_at:
        return
    if case.must_tell:
        yield _Clock(TELL_RESULT, day_of(case.concluded_at), case.told_at)
    if case.outcome == FILED and not case.inherited:
        concluded = day_of(case.concluded_at)
        if case.real_name and TELL_FILING in regime_of(case).terms:
            yield _Clock(TELL_FILING, concluded, case.told_at)
        yield _Clock(FILED_CASE, concluded, case.marks.get("end_filed"), extended="extend_filed" in case.marks)


def _first(case: Case) -> date | None:
    return day_of(case.first_received_at) if case.first_received_at else None


def _deadline(case: Case, calendar: Calendar, clock: _Clock) -> Deadline:
    rule = _rule(case, calendar, clock)
    term = rule.term
    start = clock.start if rule.readings.transfer_restarts or clock.first is None else clock.first
    done = day_of(clock.met) if clock.met else None
    due, provisional, state = None, False, RUNNING
    try:
        due, provisional = _end(rule, start, clock.met)
    except Paused:
        state = PAUSED
    if due and done:
        state = KEPT if done <= due else LATE
    days = term.days + (term.extension if clock.extended else 0)
    counted = {"days": days, "counted": term.unit, "extended": clock.extended, "pauses": rule.pauses}
    one = Deadline(clock.name, start, due, done, rule.regime.code, term.article, state, provisional, **counted)  # type: ignore[arg-type]  # by name
    one = _stopped(case, clock, one)
    if due:
        holder = case.holder_at(clock.met) if one.kept and clock.met else case.holder_on(due)
        one = replace(one, unit=holder.unit, handler=holder.handler)
    return replace(one, others=tuple(_others(case, clock, one, rule)))


def _rule(case: Case, calendar: Calendar, clock: _Clock) -> _Rule:
    """By what the clock is counted: the regime's term, read as the bureau read it on the day on which it began."""
    regime = regime_of(case, clock.start, calendar)
    readings = settings_of(calendar).on(clock.start).of(regime)
    return _Rule(calendar, regime, readings, regime.terms[clock.name], clock.extended, _pauses(case, clock, readings))


def _pauses(case: Case, clock: _Clock, _readings: Readings) -> tuple[Pause, ...]:
    return tuple(case.pauses) if clock.name in (MEDIATE, VERIFY) else ()


def _end(rule: _Rule, start: date, met: datetime | None) -> tuple[date, bool]:
    """The last day, and whether it is only provisional. What was met is judged by the calendar that was known then, if that
    reached so far."""
    if met and isinstance(rule.calendar, Almanac):
        then = Provisional(rule.calendar.as_of(met))
        day = rule.end(then, start)
        if not then.guessed:
            return day, False
    now = Provisional(rule.calendar)
    return rule.end(now, start), now.guessed


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


def _others(case: Case, clock: _Clock, one: Deadline, rule: _Rule) -> Iterator[OtherReading]:
    """The other readings that give another day, the law beside it where that is earlier, the bureau's own limit where shorter."""
    regime, read = rule.regime, rule.readings

    def other(reading: str, by: _Rule, start: date = one.start) -> Iterator[OtherReading]:
        try:
            due = by.end(Provisional(rule.calendar), start)
        except Paused:
            return
        if due != one.due:
            yield OtherReading(reading, due, by.term.article)

    for name in ("weekend_moves", "statutory_only", "pause_both_ends"):
        yield from other(name, replace(rule, readings=replace(read, **{name: not getattr(read, name)})))
    crossed = _crossed(case, one, regime)
    if crossed is not None and clock.name in crossed.terms:
        reads = settings_of(rule.calendar).on(clock.start).of(crossed)
        yield from other("other_regime", replace(rule, term=crossed.terms[clock.name], readings=reads))
    if clock.first:
        restarts = read.transfer_restarts
        yield from other("first_receipt" if restarts else "own_receipt", rule, clock.first if restarts else clock.start)
    for name, term in _beside(rule, clock):
        yield from (each for each in other(name, replace(rule, term=term)) if one.due is None or _before(each, one.due))


def _beside(rule: _Rule, clock: _Clock) -> Iterator[tuple[str, Term]]:
    term = rule.regime.beside.get(clock.name)
    if term and rule.regime.beside_since <= clock.start:
        yield "earlier_of_two", term
    own = settings_of(rule.calendar).on(clock.start).own_limits.get(clock.name)
    if own and not rule.extended:
        yield OWN_LIMIT, Term(own, WORKING, _OWN_RULE)


def _before(other: OtherReading, due: date) -> bool:
    return other.due is not None and other.due < due


def _crossed(case: Case, one: Deadline, regime: Regime) -> Regime | None:
    """Return the other regime where one came into force between the receipt and the end of the clock."""
    received, ends = day_of(case.received_at), one.done or one.due
    later = [other for other in REGIMES if ends and received < other.starts <= ends]
    if regime in later:
        return regime_on(received)
    return later[-1] if later else None
