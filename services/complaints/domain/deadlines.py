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
    month_of,
    period_end,
    settings_of,
    then,
)
from services.complaints.domain.cases import ASSOCIATION, Case, day_of
from services.complaints.domain.clocks import Clock, clocks, regime_of
from services.complaints.domain.regimes import (
    ACCEPT,
    MEDIATE,
    REGIMES,
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
# What is read one way or the other and moves the end of a clock.
_OPEN = ("weekend_moves", "statutory_only", "pause_both_ends", "supplement_pauses", "recusal_pauses")


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
        """Return the last day by the bureau's own shorter limit, where there is one."""
        return next((one.due for one in self.others if one.reading == OWN_LIMIT), None)

    @property
    def kept(self) -> bool:
        return self.due is not None and self.done is not None and self.done <= self.due


@dataclass(frozen=True)
class _Rule:
    """By what a clock is counted; another reading is the same rule with other ``readings``."""

    case: Case
    clock: Clock
    calendar: Calendar
    regime: Regime
    readings: Readings
    term: Term

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """Return the days that are not counted: appraisal and testing, and where so read supplements and recusals."""
        case, name = self.case, self.clock.name
        appraisals = case.pauses if name in (MEDIATE, VERIFY) else ()
        supplements = case.supplementing if name == ACCEPT and self.readings.supplement_pauses else ()
        recusals = case.recusing if name == MEDIATE and self.readings.recusal_pauses else ()
        return (*appraisals, *supplements, *recusals)

    def end(self, calendar: Calendar, start: date) -> date:
        if self.clock.fixed:
            return self.clock.fixed
        extended = self.clock.extended
        return period_end(calendar, start, self.term, self.pauses, extended=extended, readings=self.readings)


def deadlines(case: Case, calendar: Calendar, today: date | None = None) -> list[Deadline]:
    """Return all deadlines of ``case`` that have begun, as of ``today`` where
    one is given (else nothing is overdue yet).

    An association's own case has none: it is no bureau procedure.
    """
    if case.organisation == ASSOCIATION or case.status == "voided":
        return []
    rules = (_rule(case, calendar, clock) for clock in clocks(case, calendar))
    return [_as_of(_deadline(rule), today) for rule in rules if rule is not None]


def _deadline(rule: _Rule) -> Deadline:
    case, clock, term = rule.case, rule.clock, rule.term
    start = clock.start if rule.readings.transfer_restarts or clock.first is None else clock.first
    done = day_of(clock.met) if clock.met else None
    due, provisional, state, judging = None, False, RUNNING, rule.calendar
    try:
        judging = _judging(rule, start, clock.met)
        due, provisional = _reckoned(rule, judging, start)
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
    return one if clock.fixed else replace(one, others=tuple(_others(one, rule, judging)))


def _rule(case: Case, calendar: Calendar, clock: Clock) -> _Rule | None:
    """By what the clock is counted: the regime's term, read as the bureau read it on the day on which it began. None: it has none."""
    regime = regime_of(case, clock.start, calendar)
    readings = settings_of(calendar).on(clock.start).of(regime)
    term = regime.terms.get(clock.name)
    return _Rule(case, clock, calendar, regime, readings, term) if term else None


def _judging(rule: _Rule, start: date, met: datetime | None) -> Calendar:
    """By which calendar: what was met by the one that was known then, what fell due in a month that is closed by the one it
    was closed by, if that reached so far."""
    known = rule.calendar
    for month, calendar in known.closings(start, met) if isinstance(known, Almanac) else ():
        day, guessed = _reckoned(rule, calendar, start)
        if month_of(day) == month and not guessed:
            return calendar
    if met and not _reckoned(rule, then(known, met), start)[1]:
        return then(known, met)
    return known


def _reckoned(rule: _Rule, calendar: Calendar, start: date) -> tuple[date, bool]:
    known = Provisional(calendar)
    return rule.end(known, start), known.guessed


def _stopped(case: Case, clock: Clock, one: Deadline) -> Deadline:
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


def _others(one: Deadline, rule: _Rule, calendar: Calendar) -> Iterator[OtherReading]:
    """The other readings that give another day, the law beside it where that is earlier, the bureau's own limit where shorter."""
    clock, read = rule.clock, rule.readings

    def other(reading: str, by: _Rule, start: date = one.start) -> Iterator[OtherReading]:
        try:
            due = by.end(Provisional(calendar), start)
        except Paused:
            return
        if due != one.due:
            yield OtherReading(reading, due, by.term.article)

    for name in _OPEN:
        yield from other(name, replace(rule, readings=replace(read, **{name: not getattr(read, name)})))
    crossed = _crossed(rule.case, one, rule.regime)
    if crossed is not None and clock.name in crossed.terms:
        reads = settings_of(rule.calendar).on(clock.start).of(crossed)
        yield from other("other_regime", replace(rule, term=crossed.terms[clock.name], readings=reads))
    if clock.first:
        restarts = read.transfer_restarts
        yield from other("first_receipt" if restarts else "own_receipt", rule, clock.first if restarts else clock.start)
    for name, term in _beside(rule):
        yield from (each for each in other(name, replace(rule, term=term)) if one.due is None or _before(each, one.due))


def _beside(rule: _Rule) -> Iterator[tuple[str, Term]]:
    term = rule.regime.beside.get(rule.clock.name)
    if term and rule.regime.beside_since <= rule.clock.start:
        yield "earlier_of_two", term
    own = settings_of(rule.calendar).on(rule.clock.start).own_limits.get(rule.clock.name)
    if own and not rule.clock.extended:
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
