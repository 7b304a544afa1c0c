"""What the judgement of a month looks at, of many people at once: loaded in bulk, a statement for each kind of fact."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from services.attendance.domain.duties import Duty
from services.attendance.domain.gatherings import Gathering
from services.attendance.domain.leaves import Leave
from services.attendance.domain.months import Month
from services.attendance.domain.rules import Rules
from services.attendance.domain.shifts import Allowance, Assigned, Shift, ShiftPlan
from services.attendance.storage.allowances import Allowances
from services.attendance.storage.corrections import Corrections
from services.attendance.storage.downs import Down, Downs
from services.attendance.storage.duties import Duties
from services.attendance.storage.gatherings import Gatherings
from services.attendance.storage.leaves import Leaves
from services.attendance.storage.projections import Copies
from services.attendance.storage.punches import Punches
from services.attendance.storage.rules import rules_of
from services.attendance.storage.shifts import EVERYBODY, Shifts
from shared.database import Session
from shared.errors import Conflict
from shared.working_days import UnknownYear, WorkingDays

# How far back a leave may have ended that is still being overstayed, and how much of its end is looked at: a holiday block
# may stand between the leave's last working day and its end.
_OVERSTAYED = timedelta(days=31)
_LEAVE_END = timedelta(days=14)
_ONE_DAY = timedelta(days=1)


Framed = tuple[date, Shift, datetime, datetime]


@dataclass(frozen=True)
class Facts:
    """Everything the judgement of a month looks at, each by person."""

    days: Sequence[
        date
    ]  # from when a leave may be overstayed into the month, or the day before it, through the day after it
    working: frozenset[date]
    punches: Mapping[str, Sequence[datetime]]
    leaves: Mapping[str, Sequence[Leave]]
    corrections: Mapping[tuple[str, date], Collection[str]]
    shifts: Mapping[str, Sequence[Assigned]]
    allowances: Mapping[str, Sequence[Allowance]]
    usual: ShiftPlan  # of everybody without shifts or allowances of their own
    gatherings: Sequence[tuple[Gathering, frozenset[str]]]
    downs: Sequence[Down]
    duties: Mapping[str, Sequence[Duty]]
    rules: Rules

    def work(self, plan: ShiftPlan) -> Sequence[Framed]:
        """Return the days of work by ``plan``, each with its shift and from when until when a punch belongs to it."""
        return self._usual_work if plan is self.usual else self._framed(plan, due=True)

    def rest(self, plan: ShiftPlan) -> Sequence[Framed]:
        """Return the days of rest by ``plan``; of whom is exempt none."""
        return self._usual_rest if plan is self.usual else self._framed(plan, due=False)

    @cached_property
    def _usual_work(self) -> Sequence[Framed]:
        return self._framed(self.usual, due=True)

    @cached_property
    def _usual_rest(self) -> Sequence[Framed]:
        return self._framed(self.usual, due=False)

    def _framed(self, plan: ShiftPlan, *, due: bool) -> Sequence[Framed]:
        found = []
        for day in self.days:
            working = day in self.working
            if due:
                shift = plan.due(day, working=working)
            else:
                shift = None if plan.is_due(day, working=working) else plan.frame(day)
            if shift is not None:
                found.append((day, shift, *plan.window(day, shift)))
        return found


def load(session: Session, bureau: str, month: Month, codes: list[str]) -> Facts:
    """Return the facts of ``month``; raises ``Conflict`` where the calendar does not know the year."""
    leaves = Leaves(session, bureau).of_persons(codes, month.first - _OVERSTAYED, month.last + _ONE_DAY)
    first = min((start_of(month, own) for own in leaves.values()), default=month.first) - _ONE_DAY
    after = month.last + _ONE_DAY
    shifts = Shifts(session, bureau).plans()
    return Facts(
        [first + number * _ONE_DAY for number in range((after - first).days + 1)],
        _working(Copies(session, bureau).calendar(), first, month),
        Punches(session, bureau).of_persons(codes, first - _ONE_DAY, month.last + 2 * _ONE_DAY),
        leaves,
        Corrections(session, bureau).of_persons(codes, first, after),
        shifts,
        Allowances(session, bureau).of_persons(codes, first - _ONE_DAY, after + _ONE_DAY),
        ShiftPlan(shifts.get(EVERYBODY, ())),
        Gatherings(session, bureau).between(month.first, month.last),
        Downs(session, bureau).between(first, after + _ONE_DAY),
        Duties(session, bureau).of_persons(codes, month.first, month.last),
        rules_of(session, bureau).all(),
    )


def _working(calendar: WorkingDays, first: date, month: Month) -> frozenset[date]:
    """Return the working days from ``first`` through the day after the month, which may lie in a year that no calendar knows yet: New
    Year's Day is one of rest."""
    after = month.last + _ONE_DAY
    with suppress(UnknownYear):
        if calendar.is_working(after):
            return frozenset([*working_days(calendar, first, month.last), after])
    return frozenset(working_days(calendar, first, month.last))


def working_days(calendar: WorkingDays, first: date, last: date) -> list[date]:
    """Return the working days from ``first`` through ``last``; raises ``Conflict``
    where the calendar does not know a year."""
    with in_known_years():
        return calendar.between(first, last)


@contextmanager
def in_known_years() -> Iterator[None]:
    """Raise ``Conflict`` where the calendar does not know a year that is asked for."""
    try:
        yield
    except UnknownYear as error:
        raise Conflict(
            "calendar.unknown",
            zh=f"尚未录入 {error.year} 年的工作日历",
            en=f"no calendar of working days for {error.year}",
        ) from error


def start_of(month: Month, leaves: Sequence[Leave]) -> date:
    """Return the day from which a person is judged, so that a leave overstayed into the month is seen."""
    ended = [leave for leave in leaves if leave.last < month.first]
    return min([month.first, *(max(leave.first, leave.last - _LEAVE_END) for leave in ended)])
