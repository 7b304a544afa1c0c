"""A month of many people judged at once: facts are loaded in bulk, the rules are the domain's."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from services.attendance.domain.days import Day, judge_day
from services.attendance.domain.duties import Duty, days_earned, minutes_on, pressed
from services.attendance.domain.gatherings import Gathering, sign_in
from services.attendance.domain.leaves import Leave
from services.attendance.domain.months import Figures, Month, after_leave, attended, person_figures, plain
from services.attendance.domain.rules import Rules
from services.attendance.domain.shifts import Allowance, Assigned, Shift, ShiftPlan
from services.attendance.storage.allowances import Allowances
from services.attendance.storage.corrections import Corrections
from services.attendance.storage.downs import Down, Downs
from services.attendance.storage.duties import Duties
from services.attendance.storage.gatherings import Gatherings
from services.attendance.storage.leaves import Leaves
from services.attendance.storage.projections import Copies, Person
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
_ONE_DAY, _ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)

Share = tuple[Decimal, Decimal]  # days attended, days due


@dataclass(frozen=True)
class PersonMonth:
    figures: Figures
    detail: dict[str, Any]  # the judged days, the rest days worked and the sign-ins behind the figures
    shares: dict[str, Share]  # unit -> what the person brought to its attendance


@dataclass(frozen=True)
class Facts:
    """Everything the judgement of a month looks at, each by person."""

    days: Sequence[date]  # from when a leave may be overstayed into the month through its end
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


def judge_people(
    session: Session, bureau: str, month: Month, people: Mapping[str, Person], until: date | None = None
) -> dict[str, PersonMonth]:
    """Judge ``month``, through ``until`` where that is given, for each of ``people``; raises ``Conflict`` where the calendar does
    not know the year."""
    facts = load(session, bureau, month, list(people))
    return {code: _judge(facts, month, person, until) for code, person in people.items()}


def load(session: Session, bureau: str, month: Month, codes: list[str]) -> Facts:
    """Return the facts of ``month``; raises ``Conflict`` where the calendar does not know the year."""
    leaves = Leaves(session, bureau).of_persons(codes, month.first - _OVERSTAYED, month.last + _ONE_DAY)
    first = min((_start(month, own) for own in leaves.values()), default=month.first)
    shifts = Shifts(session, bureau).plans()
    return Facts(
        [first + number * _ONE_DAY for number in range((month.last - first).days + 1)],
        frozenset(working_days(Copies(session, bureau).calendar(), first, month.last)),
        Punches(session, bureau).of_persons(codes, first - _ONE_DAY, month.last + 2 * _ONE_DAY),
        leaves,
        Corrections(session, bureau).of_persons(codes, first, month.last),
        shifts,
        Allowances(session, bureau).of_persons(codes, first - _ONE_DAY, month.last + _ONE_DAY),
        ShiftPlan(shifts.get(EVERYBODY, ())),
        Gatherings(session, bureau).between(month.first, month.last),
        Downs(session, bureau).between(first, month.last + _ONE_DAY),
        Duties(session, bureau).of_persons(codes, month.first, month.last),
        rules_of(session, bureau).all(),
    )


def working_days(calendar: WorkingDays, first: date, last: date) -> list[date]:
    """Return the working days from ``first`` through ``last``; raises ``Conflict``
    where the calendar does not know a year."""
    try:
        return calendar.between(first, last)
    except UnknownYear as error:
        raise Conflict(
            "calendar.unknown",
            zh=f"尚未录入 {error.year} 年的工作日历",
            en=f"no calendar of working days for {error.year}",
        ) from error


def _start(month: Month, leaves: Sequence[Leave]) -> date:
    """From which day a person is judged so that a leave overstayed into the month is seen."""
    ended = [leave for leave in leaves if leave.last < month.first]
    return min([month.first, *(max(leave.first, leave.last - _LEAVE_END) for leave in ended)])


def _judge(facts: Facts, month: Month, person: Person, until: date | None) -> PersonMonth:
    leaves = facts.leaves.get(person.code, ())
    punches = facts.punches.get(person.code, ())
    days = days_of(facts, month, person, until)
    sign_ins = [
        (gathering, sign_in(gathering, punches, leaves))
        for gathering, people in facts.gatherings
        if person.code in people and (until is None or gathering.closes.date() <= until)
    ]
    detail: dict[str, Any] = {
        "days": [told(day) for day in days],
        "rest_days": rest_days(facts, month, person, until),
        "sign_ins": [{"gathering": one.code, "kind": one.kind, "outcome": outcome} for one, outcome in sign_ins],
    }
    counted = facts.rules.on("lates_per_half_day", month.first)
    detail["basis"] = _basis(facts, person, days, counted)
    outcomes = [(one.kind, outcome) for one, outcome in sign_ins]
    shares = _shares(person, days)
    detail["shares"] = {unit: [plain(one) for one in share] for unit, share in shares.items()}
    return PersonMonth(person_figures(days, outcomes, counted), detail, shares)


def days_of(facts: Facts, month: Month, person: Person, until: date | None = None) -> list[Day]:
    """Return the person's judged days of work in the month, through ``until`` where that is given."""
    punches, leaves = facts.punches.get(person.code, ()), facts.leaves.get(person.code, ())
    plan = plan_of(facts, person)
    signed = _signed(facts, person, punches)
    start = _start(month, leaves)
    judged = []
    for day in facts.days:
        shift = plan.due(day, working=day in facts.working)
        unit = person.unit_on(day) if shift else None
        if day < start or shift is None or unit is None or (until and day > until):
            continue
        own = own_punches(plan, punches, day, shift)
        corrected = facts.corrections.get((person.code, day), ())
        down = [(starts, ends) for whose, starts, ends in facts.downs if whose in ("", unit)]
        judged.append(judge_day(day, shift, own, leaves, corrected, signed, down))
    return [day for day in after_leave(judged) if month.holds(day.day)]


def rest_days(facts: Facts, month: Month, person: Person, until: date | None = None) -> list[dict[str, Any]]:
    """Return the rest days with punches and the duties stood, with the days of compensation (补休) that each gives; through
    ``until`` where that is given."""
    punches, plan = facts.punches.get(person.code, ()), plan_of(facts, person)
    duties = duties_stood(facts, month, person)
    found = []
    for day in (one for one in facts.days if month.holds(one)):
        shift = plan.frame(day)
        if shift is None or person.unit_on(day) is None or (until and day > until):
            continue
        due = plan.due(day, working=day in facts.working)
        own = () if due else own_punches(plan, punches, day, shift)
        stood = [one for one in duties if one.day == day]
        shown = sorted({*own, *(punch for one in stood for punch in duties[one])})
        if not shown:
            continue
        between = (own[-1] - own[0]) // _ONE_MINUTE if own else 0
        minutes = max(between, sum(minutes_on(one, due) for one in stood))
        told = {"day": day.isoformat(), "punches": [punch.isoformat() for punch in shown]}
        earned = plain(days_earned(minutes, day, facts.rules))
        found.append({**told, "earned": earned, **({"duty": "、".join(one.name for one in stood)} if stood else {})})
    return found


def duties_stood(facts: Facts, month: Month, person: Person) -> dict[Duty, list[datetime]]:
    """Return the person's duties that were stood, with the punches that show it."""
    duties, punches = facts.duties.get(person.code, ()), facts.punches.get(person.code, ())
    days = days_of(facts, month, person) if duties else []
    return {one: shown for one in duties if (shown := pressed(one, punches, days))}


def plan_of(facts: Facts, person: Person) -> ShiftPlan:
    own, allowed = facts.shifts.get(person.code, ()), facts.allowances.get(person.code, ())
    return ShiftPlan(facts.usual.bureau, own, allowed) if own or allowed else facts.usual


def own_punches(plan: ShiftPlan, punches: Sequence[datetime], day: date, shift: Shift) -> Sequence[datetime]:
    """Return the punches that belong to ``day``."""
    opens, closes = plan.window(day, shift)
    return punches[bisect_left(punches, opens) : bisect_left(punches, closes)]


def told(day: Day) -> dict[str, Any]:
    """Return a judged day as it is stored and told: what was held against whom, by which point and which punch."""
    return {
        "day": day.day.isoformat(),
        "halves": list(day.halves),
        "late": day.late,
        "early": day.early,
        "missed": list(day.missed),
        "points": [
            {
                "point": one.point,
                "due": one.due.isoformat(),
                "punch": one.punch.isoformat() if one.punch else None,
                "state": one.state,
                "minutes": one.minutes,
            }
            for one in day.points
        ],
    }


def _basis(facts: Facts, person: Person, days: Sequence[Day], counted: int) -> dict[str, Any]:
    """Return by what the days were judged: which shift on which days, and the rules that make points of them."""
    plan = plan_of(facts, person)
    by_shift: dict[str, list[str]] = defaultdict(list)
    for day in days:
        shift = plan.on(day.day)
        by_shift[shift.code if shift else ""].append(day.day.isoformat())
    shifts = [{"shift": code, "days": own} for code, own in sorted(by_shift.items())]
    return {"shifts": shifts, "lates_per_half_day": counted}


def _signed(facts: Facts, person: Person, punches: Sequence[datetime]) -> frozenset[datetime]:
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
