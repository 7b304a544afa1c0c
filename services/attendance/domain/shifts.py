"""Shifts are data: when a day's work starts and ends, what is tolerated, and which punches belong to which day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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


def moved(day: date, shift: Shift, punches: Sequence[datetime]) -> Shift:
    """Return a flexible ``shift`` as the first of ``punches`` sets it: who comes
    later, as far as it is allowed, leaves later."""
    if not shift.flex or not punches:
        return shift
    (span,) = shift.spans
    after = int((punches[0] - moment(day, span.starts)).total_seconds() // 60)
    by = min(max(after, 0), shift.flex)
    return replace(shift, spans=(Span(span.starts + by, span.ends + by),))


Dated = Sequence[tuple[date, Shift | None]]  # ascending; None: exempt from that day on


@dataclass(frozen=True)
class ShiftPlan:
    """Which shift holds on which day; a person's own wins over the bureau's, also where it says that there is none."""

    bureau: Dated
    person: Dated = ()

    def on(self, day: date) -> Shift | None:
        """Return the shift of ``day``; None where nobody set one, or for whom is exempt."""
        own = _latest(self.person, day)
        found = own if own is not None else _latest(self.bureau, day)
        return found[1] if found else None

    def window(self, day: date, shift: Shift) -> tuple[datetime, datetime]:
        """Tell from when until when a punch belongs to ``day``; windows of days
        that follow each other never overlap."""
        yesterday, tomorrow = day - timedelta(days=1), day + timedelta(days=1)
        before, after = self.on(yesterday) or shift, self.on(tomorrow) or shift
        return _boundary(yesterday, before, shift), _boundary(day, shift, after)


def moment(day: date, minutes: int) -> datetime:
    """Return the local time ``minutes`` after the midnight that begins ``day``."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _boundary(day: date, today: Shift, tomorrow: Shift) -> datetime:
    """Between a day and the next: late leavers are given until the next day's shift opens, and after a night shift that
    ends later than that the middle of the pause divides."""
    pause = (today.ends + tomorrow.starts + _DAY) // 2
    return moment(day, max(pause, tomorrow.starts + _DAY - tomorrow.opens_before))


def _latest(dated: Dated, day: date) -> tuple[date, Shift | None] | None:
    found = None
    for one in dated:
        if one[0] > day:
            break
        found = one
    return found
