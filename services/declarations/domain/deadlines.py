"""Until when a step is due: working days after a period's end, by the timetable in force for that period."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.declarations.domain.cycles import Period
from shared.vocabulary.periods import period as period_name
from shared.vocabulary.refusals import Refused, invalid

STEPS = ("declare", "verify", "assess")
WAITS_FOR = {"declared": "verify", "verified": "assess"}  # which step an item of this status waits for

# The n-th working day after a day; None where nobody has entered that year's calendar yet.
WorkingDay = Callable[[date, int], date | None]


@dataclass(frozen=True)
class Timetable:
    """In force for the periods of its frequency that end on ``since`` or later. None: nothing is enforced."""

    frequency: str
    since: date
    declare: int | None = None  # working days after the period's end
    verify: int | None = None
    assess: int | None = None
    correct: int | None = None  # working days after a return
    remind: int | None = None  # calendar days before a deadline
    escalate: int | None = None  # working days after a deadline, then it is the next head up's concern

    def after_end(self, step: str) -> int | None:
        return {"declare": self.declare, "verify": self.verify, "assess": self.assess}[step]

    def span(self, step: str) -> int:
        """Return the working days that whoever takes the step has for it, once it
        reaches them late through no fault of theirs."""
        own, before = self.after_end(step), self.after_end(STEPS[STEPS.index(step) - 1])
        return max(1, (own or 0) - (before or 0))


@dataclass(frozen=True)
class Desk:
    """Where an item lies: since when, until when something is due, from when it is the next head up's concern."""

    arrived_on: date
    due_on: date | None = None
    escalates_on: date | None = None


class Deadlines:
    def __init__(self, timetables: Sequence[Timetable], working_day: WorkingDay) -> None:
        self._timetables = sorted(timetables, key=lambda one: one.since)
        self._working_day = working_day

    def timetable(self, period: Period) -> Timetable | None:
        """Return the newest timetable that was in force when the period ended: a closed period keeps its rules."""
        suits = [one for one in self._timetables if one.frequency == period.frequency and one.since <= period.ends]
        return suits[-1] if suits else None

    def of(self, period: Period, step: str) -> date | None:
        days = self._days(period, step)
        return None if days is None else self._working_day(period.ends, days)

    def unknown(self, period: Period) -> bool:
        """Tell whether a deadline is wanted that no calendar tells."""
        return any(self._days(period, step) is not None and self.of(period, step) is None for step in STEPS)

    def desk(self, period: Period, status: str, arrived: date) -> Desk:
        """Return the desk of an item of ``status`` that arrived where it lies on ``arrived``."""
        table = self.timetable(period)
        if table is None:
            return Desk(arrived)
        if status == "returned":
            due = self._working_day(arrived, table.correct) if table.correct is not None else None
            return Desk(arrived, due)
        if status not in WAITS_FOR:
            return Desk(arrived)
        due = self._due(table, period, WAITS_FOR[status], arrived)
        return Desk(arrived, due, self._escalates(table, due))

    def reminds(self, period: Period, due: date, on: date) -> bool:
        """Tell whether on this day those who have something to do until ``due`` are reminded."""
        table = self.timetable(period)
        return table is not None and table.remind is not None and 0 <= (due - on).days <= table.remind

    def _days(self, period: Period, step: str) -> int | None:
        table = self.timetable(period)
        return table.after_end(step) if table else None

    def _due(self, table: Timetable, period: Period, step: str, arrived: date) -> date | None:
        regular = self.of(period, step)
        if regular is None:
            return None
        granted = self._working_day(arrived, table.span(step))
        return regular if granted is None else max(regular, granted)

    def _escalates(self, table: Timetable, due: date | None) -> date | None:
        if due is None or table.escalate is None:
            return None
        return self._working_day(due, table.escalate)


def check_timetable(one: Timetable) -> None:
    given = [days for days in (one.declare, one.verify, one.assess) if days is not None]
    if given != sorted(given):
        raise invalid(
            "timetable.order",
            "申报、核实、核评的期限应依次不早于前一步",
            "the deadlines of declaring, verifying and assessing must follow each other",
            "verify",
        )


def check_not_past(deadlines: Deadlines, changed: Timetable, periods: Mapping[str, Period], on: date) -> None:
    """Check that nobody becomes late after the fact: a timetable sets no deadline that has passed already."""
    for period, step, due in _deadlines(deadlines, changed, periods):
        if due < on:
            raise _past(period, step, due)


def _deadlines(
    deadlines: Deadlines, changed: Timetable, periods: Mapping[str, Period]
) -> Iterator[tuple[str, str, date]]:
    for period in periods.values():
        if deadlines.timetable(period) == changed:
            for step in STEPS:
                due = deadlines.of(period, step)
                if due is not None:
                    yield period.code, step, due


def _past(period: str, step: str, due: date) -> Refused:
    return invalid(
        "timetable.past",
        f"{period_name(period)}的期限 {due} 已过，不能事后规定；请改为从以后的日期起施行",
        f"the deadline of {period} ({step}) would be {due}, which has passed; let it be in force from later on",
        "since",
    )
