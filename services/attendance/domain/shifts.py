"""Shifts are data: when a day's work starts and ends, what is tolerated, and which punches belong to which day."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

_DAY = 1440


@dataclass(frozen=True)
class Span:
    """Work from ``starts`` to ``ends``, minutes after the midnight that begins the shift's day; past 1440 is the next day."""

    starts: int
    ends: int


@dataclass(frozen=True)
class Shift:
    """One span asks for two punches a day, two spans (a forenoon and an afternoon) for four."""

    code: str
    name: str
    spans: tuple[Span, ...]
    tolerance: int = 5  # minutes late or early that are not held against anyone
    absent_after: int = 120  # late or early by more minutes than this: half a day absent instead
    opens_before: int = 240  # minutes before the start from which a punch belongs to this day
    flex: int = 0  # minutes by which one may come later and then leaves as much later

    @property
    def middle(self) -> int:
        """Return where the day's two halves meet, in minutes after midnight."""
        if len(self.spans) == 1:
            return (self.spans[0].starts + self.spans[0].ends) // 2
        return (self.spans[0].ends + self.spans[1].starts) // 2

    @property
    def starts(self) -> int:
        return self.spans[0].starts

    @property
    def ends(self) -> int:
        return self.spans[-1].ends


def shift_faults(shift: Shift) -> list[str]:
    """Return what is wrong with a shift, as stable codes; empty where it can be worked by."""
    faults = []
    if len(shift.spans) not in (1, 2):
        return ["shift.spans"]
    edges = [edge for span in shift.spans for edge in (span.starts, span.ends)]
    if edges != sorted(set(edges)) or not 0 <= edges[0] < _DAY or edges[-1] - edges[0] >= _DAY:
        faults.append("shift.times")
    if not 0 <= shift.tolerance <= shift.absent_after:
        faults.append("shift.tolerance")
    if not 0 <= shift.opens_before <= _DAY - (edges[-1] - edges[0]):
        faults.append("shift.opens_before")
    if shift.flex and (len(shift.spans) != 1 or not 0 < shift.flex <= shift.spans[0].ends - shift.spans[0].starts):
        faults.append("shift.flex")
    return faults


def moved(day: date, shift: Shift, came: datetime | None) -> Shift:
    """Return a flexible ``shift`` as it is set by when somebody ``came``: who comes later, as far as it is allowed, leaves later."""
    if not shift.flex or came is None:
        return shift
    (span,) = shift.spans
    after = (came - moment(day, span.starts)) // timedelta(minutes=1)
    by = min(max(after, 0), shift.flex)
    return replace(shift, spans=(Span(span.starts + by, span.ends + by),))


@dataclass(frozen=True)
class Assigned:
    """By what somebody works from ``starts`` through ``ends`` (None: until something else is assigned).

    One shift holds on the working days of the calendar (None: nothing is due, or punching elsewhere). Several rotate: each day has
    the next one, the calendar says nothing, and None is a day of rest.
    """

    starts: date
    shifts: tuple[Shift | None, ...]
    ends: date | None = None

    @property
    def rotates(self) -> bool:
        return len(self.shifts) > 1

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def shift_on(self, day: date) -> Shift | None:
        return self.shifts[(day - self.starts).days % len(self.shifts)]


@dataclass(frozen=True)
class Allowance:
    """Time that somebody need not be there every day from ``starts`` through ``ends`` (哺乳时间): minutes after the day's start, and
    before its end."""

    starts: date
    ends: date
    arrive_later: int
    leave_earlier: int


@dataclass(frozen=True)
class ShiftPlan:
    """Which shift holds on which day; a person's own wins over the bureau's, also where it says that there is none.

    What a plan has said once it keeps: thousands of people work by the same one.
    """

    bureau: Sequence[Assigned]
    person: Sequence[Assigned] = ()
    allowances: Sequence[Allowance] = ()
    _known: dict[date, Shift | None] = field(default_factory=dict, compare=False, repr=False)
    _own: dict[date, Assigned | None] = field(default_factory=dict, compare=False, repr=False)
    _windows: dict[date, tuple[Shift, datetime, datetime]] = field(default_factory=dict, compare=False, repr=False)

    def on(self, day: date) -> Shift | None:
        """Return the shift of ``day``, worked or not; None where nobody set one, for whom is exempt, and on a rotation's day of rest."""
        if day not in self._known:
            assigned = self._assigned(day)
            shift = assigned.shift_on(day) if assigned else None
            self._known[day] = shift and _allowed(
                shift, [one for one in self.allowances if one.starts <= day <= one.ends]
            )
        return self._known[day]

    def due(self, day: date, *, working: bool) -> Shift | None:
        """Return the shift by which ``day`` is judged, ``working``: as the calendar says; None where nothing is due."""
        return self.on(day) if self.is_due(day, working=working) else None

    def is_due(self, day: date, *, working: bool) -> bool:
        """Tell whether ``day`` is one of work: by the rotation, else by the calendar, also for whom is exempt from punching."""
        assigned = self._assigned(day)
        return assigned.shift_on(day) is not None if assigned and assigned.rotates else working

    def frame(self, day: date) -> Shift | None:
        """Return the shift that says when ``day`` begins and ends, a rotation's day of rest too; None for whom is exempt."""
        assigned = self._assigned(day)
        if assigned is None or not assigned.rotates:
            return self.on(day)
        everybody = _latest(self.bureau, day)
        usual = everybody.shift_on(day) if everybody else None
        return self.on(day) or usual or next((one for one in assigned.shifts if one is not None), None)

    def window(self, day: date, shift: Shift) -> tuple[datetime, datetime]:
        """Tell from when until when a punch belongs to ``day``; windows of days
        that follow each other never overlap."""
        known = self._windows.get(day)
        if known is None or known[0] is not shift:
            yesterday, tomorrow = day - timedelta(days=1), day + timedelta(days=1)
            before, after = self.frame(yesterday) or shift, self.frame(tomorrow) or shift
            known = self._windows[day] = (shift, _boundary(yesterday, before, shift), _boundary(day, shift, after))
        return known[1:]

    def _assigned(self, day: date) -> Assigned | None:
        if day not in self._own:
            self._own[day] = _latest(self.person, day) or _latest(self.bureau, day)
        return self._own[day]


def moment(day: date, minutes: int) -> datetime:
    """Return the local time ``minutes`` after the midnight that begins ``day``."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _allowed(shift: Shift, allowances: Sequence[Allowance]) -> Shift:
    """Return the shift without the time that is allowed; where that is more than its first or last span, half of the span is left."""
    if not allowances:
        return shift
    later, earlier = sum(one.arrive_later for one in allowances), sum(one.leave_earlier for one in allowances)
    first, *others = shift.spans
    spans = [replace(first, starts=min(first.starts + later, (first.starts + first.ends) // 2)), *others]
    last = spans[-1]
    spans[-1] = replace(last, ends=max(last.ends - earlier, (last.starts + last.ends + 1) // 2))
    return replace(shift, spans=tuple(spans))


def _boundary(day: date, today: Shift, tomorrow: Shift) -> datetime:
    """Between a day and the next: late leavers are given until the next day's shift opens, and after a night shift that
    ends later than that the middle of the pause divides."""
    pause = (today.ends + tomorrow.starts + _DAY) // 2
    return moment(day, max(pause, tomorrow.starts + _DAY - tomorrow.opens_before))


def _latest(assigned: Sequence[Assigned], day: date) -> Assigned | None:
    """Return what began last of those that hold on ``day``."""
    return max((one for one in assigned if one.holds_on(day)), key=lambda one: one.starts, default=None)
