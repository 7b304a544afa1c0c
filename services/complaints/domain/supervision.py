"""When a case is looked at without anybody's asking: warnings by working hours before its end, 督办 once it is overdue.

Nothing rings by night or on a day off but what is marked urgent, and that on the duty phone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services.complaints.domain.calendars import Calendar, Provisional, period_end
from services.complaints.domain.cases import STOPPED, Case, day_of, local, start_of
from services.complaints.domain.deadlines import RUNNING, Deadline
from services.complaints.domain.figures import CLOSES, OPENS
from services.complaints.domain.regimes import WORKING, Term
from services.complaints.domain.settings import Settings
from services.complaints.domain.superiors import needs_no_answer

DUE, OVERDUE, OWN_LATE, ANSWER_LATE = "case_due", "case_overdue", "case_own_late", "case_answer_late"
SUPERVISED, ANSWERED, URGENT, CALENDAR_UNKNOWN = "case_supervised", "case_answered", "case_urgent", "calendar_unknown"
SCREEN, DUTY_PHONE = "screen", "duty_phone"
_ONE_DAY = timedelta(days=1)
_MINUTES = (CLOSES.hour - OPENS.hour) * 60  # of a working day


@dataclass(frozen=True)
class Moment:
    """From ``at`` on there is something to tell about a clock (or a 督办) that ends on ``due``. ``hours``: that were left."""

    at: datetime
    kind: str
    clock: str
    due: date
    hours: int = 0

    @property
    def about(self) -> str:
        return f"{self.clock} {self.due} {self.hours}" if self.hours else f"{self.clock} {self.due}"


def moments(case: Case, running: Sequence[Deadline], calendar: Calendar, settings: Settings) -> list[Moment]:
    """Return every moment at which ``case`` is to be looked at, past ones too."""
    days = Provisional(calendar)
    clocks = (one for one in running if one.state == RUNNING and one.due and not one.provisional)
    found = [moment for one in clocks if one.due for moment in _of_a_clock(one, one.due, days, settings)]
    if case.status not in STOPPED:
        waited = (one for one in case.supervised if not one.answered_at and not needs_no_answer(case, one))
        found += [_after(one.answer_by, ANSWER_LATE, "answer") for one in waited if one.answer_by]
    return found


def due_now(found: Sequence[Moment], now: datetime) -> list[Moment]:
    """Return, of those that have come, the last of each clock and kind: who is told
    of four hours need not be told of sixteen."""
    last: dict[tuple[str, str, date], Moment] = {}
    for one in sorted(found, key=lambda each: each.at):
        if one.at <= now:
            last[one.kind, one.clock, one.due] = one
    overdue = {(one.clock, one.due) for one in last.values() if one.kind == OVERDUE}
    return [one for one in last.values() if one.kind != DUE or (one.clock, one.due) not in overdue]


def next_after(found: Sequence[Moment], now: datetime) -> datetime | None:
    return min((one.at for one in found if one.at > now), default=None)


def hours_before(calendar: Calendar, day: date, hours: int) -> datetime:
    """Return the moment from which ``hours`` working hours are left until the end of ``day``, which need not be worked itself."""
    left = hours * 60
    while True:
        if calendar.is_working(day):
            if left <= _MINUTES:
                return start_of(day) + timedelta(hours=CLOSES.hour, minutes=-left)
            left -= _MINUTES
        day -= _ONE_DAY


def rings_at(calendar: Calendar, now: datetime, settings: Settings) -> datetime:
    """Return when somebody may be told: now, or when the next quiet hours or days off are over."""
    days, moment = Provisional(calendar), now
    while True:
        here = local(moment)
        if not days.is_working(here.date()):
            moment = _morning(here.date() + _ONE_DAY, time(0))
        elif not settings.is_quiet(here.time()):
            return moment
        elif here.time() < settings.quiet_until:
            moment = _morning(here.date(), settings.quiet_until)
        else:
            moment = _morning(here.date() + _ONE_DAY, time(0))


def answer_by(calendar: Calendar, on: datetime, days: int) -> date:
    """Return the day until which a 督办 or an objection is to be answered: ``days`` working days later."""
    return period_end(Provisional(calendar), day_of(on), Term(days, WORKING, ""))


def address_of(case: Case) -> str:
    """Return whom the case lies with: the handler, or the head of the unit while there is none."""
    return f"person:{case.handler}" if case.handler else head_of(case)


def head_of(case: Case) -> str:
    return f"head:{case.unit or case.intake_unit}"


def _of_a_clock(one: Deadline, due: date, calendar: Calendar, settings: Settings) -> Iterator[Moment]:
    yield _after(due, OVERDUE, one.name)
    if one.own_due:
        yield _after(one.own_due, OWN_LATE, one.name)
    for hours in settings.warn_hours:
        yield Moment(hours_before(calendar, due, hours), DUE, one.name, due, hours)


def _after(due: date, kind: str, clock: str) -> Moment:
    return Moment(start_of(due + _ONE_DAY), kind, clock, due)


def _morning(day: date, at: time) -> datetime:
    return start_of(day) + timedelta(hours=at.hour, minutes=at.minute)
