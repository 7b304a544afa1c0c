"""A month of many people judged at once: facts are loaded in bulk, the rules are the domain's."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from services.attendance.domain.days import Day, judge_day
from services.attendance.domain.gatherings import Gathering, sign_in
from services.attendance.domain.leaves import Leave
from services.attendance.domain.months import Figures, Month, after_leave, attended, person_figures
from services.attendance.domain.shifts import ShiftPlan
from services.attendance.storage.copies import Copies, Person
from services.attendance.storage.gatherings import Gatherings
from services.attendance.storage.leaves import Corrections, Leaves
from services.attendance.storage.punches import Punches
from services.attendance.storage.shifts import EVERYBODY, Dated, Shifts
from shared.errors import Conflict
from shared.working_days import UnknownYear

# How far back a leave may have ended that is still being overstayed, and how much of its end is looked at: a holiday block
# may stand between the leave's last working day and its end.
_OVERSTAYED = timedelta(days=31)
_LEAVE_END = timedelta(days=14)
_ONE_DAY = timedelta(days=1)

Share = tuple[Decimal, Decimal]  # days attended, days due


@dataclass(frozen=True)
class PersonMonth:
    figures: Figures
    detail: dict[str, Any]  # the judged days and sign-ins behind the figures
    shares: dict[str, Share]  # unit -> what the person brought to its attendance


@dataclass(frozen=True)
class _Facts:
    """Everything the judgement of a month looks at, each by person."""

    working_days: Sequence[date]
    punches: Mapping[str, Sequence[datetime]]
    leaves: Mapping[str, Sequence[Leave]]
    corrections: Mapping[tuple[str, date], Collection[str]]
    shifts: Mapping[str, Dated]
    gatherings: Sequence[tuple[Gathering, frozenset[str]]]


def judge_people(session: Session, bureau: str, month: Month, people: Mapping[str, Person]) -> dict[str, PersonMonth]:
    """Judge ``month`` for each of ``people``; raises ``Conflict`` where the calendar does not know the year."""
    facts = _load(session, bureau, month, list(people))
    return {code: _judge(facts, month, person) for code, person in people.items()}


def _load(session: Session, bureau: str, month: Month, codes: list[str]) -> _Facts:
    leaves = Leaves(session, bureau).of_persons(codes, month.first - _OVERSTAYED, month.last)
    first = min((_start(month, own) for own in leaves.values()), default=month.first)
    try:
        working_days = Copies(session, bureau).calendar().between(first, month.last)
    except UnknownYear as error:
        raise Conflict(
            "calendar.unknown",
            zh=f"尚未录入 {error.year} 年的工作日历",
            en=f"no calendar of working days for {error.year}",
        ) from error
    return _Facts(
        working_days,
        Punches(session, bureau).of_persons(codes, first - _ONE_DAY, month.last + 2 * _ONE_DAY),
        leaves,
        Corrections(session, bureau).of_persons(codes, first, month.last),
        Shifts(session, bureau).plans(),
        Gatherings(session, bureau).between(month.first, month.last),
    )


def _start(month: Month, leaves: Sequence[Leave]) -> date:
    """From which day a person is judged so that a leave overstayed into the month is seen."""
    ended = [leave for leave in leaves if leave.last < month.first]
    return min([month.first, *(max(leave.first, leave.last - _LEAVE_END) for leave in ended)])


def _judge(facts: _Facts, month: Month, person: Person) -> PersonMonth:
    leaves = facts.leaves.get(person.code, ())
    punches = facts.punches.get(person.code, ())
    days = [day for day in after_leave(_days(facts, month, person, punches, leaves)) if month.holds(day.day)]
    sign_ins = [
        (gathering, sign_in(gathering, punches, leaves))
        for gathering, people in facts.gatherings
        if person.code in people
    ]
    detail = {
        "days": [{**asdict(day), "day": day.day.isoformat()} for day in days],
        "sign_ins": [{"gathering": one.code, "kind": one.kind, "outcome": outcome} for one, outcome in sign_ins],
    }
    return PersonMonth(
        person_figures(days, [(one.kind, outcome) for one, outcome in sign_ins]), detail, _shares(person, days)
    )


def _days(
    facts: _Facts, month: Month, person: Person, punches: Sequence[datetime], leaves: Sequence[Leave]
) -> list[Day]:
    plan = ShiftPlan(facts.shifts.get(EVERYBODY, ()), facts.shifts.get(person.code, ()))
    signed = _signed(facts, person, punches)
    start = _start(month, leaves)
    judged = []
    for day in facts.working_days:
        shift = plan.on(day)
        if day < start or shift is None or person.unit_on(day) is None:
            continue
        opens, closes = plan.window(day, shift)
        own = punches[bisect_left(punches, opens) : bisect_left(punches, closes)]
        judged.append(judge_day(day, shift, own, leaves, facts.corrections.get((person.code, day), ()), signed))
    return judged


def _signed(facts: _Facts, person: Person, punches: Sequence[datetime]) -> frozenset[datetime]:
    """The punches that signed the person in to a gathering."""
    windows = [(one.opens, one.closes) for one, people in facts.gatherings if person.code in people]
    return frozenset(
        punch
        for opens, closes in windows
        for punch in punches[bisect_left(punches, opens) : bisect_right(punches, closes)]
    )


def _shares(person: Person, days: Sequence[Day]) -> dict[str, Share]:
    by_unit: dict[str, list[Day]] = defaultdict(list)
    for day in days:
        by_unit[person.unit_on(day.day) or ""].append(day)
    return {unit: attended(own) for unit, own in by_unit.items()}
