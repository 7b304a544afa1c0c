"""A month of many people judged at once by the facts that were loaded for it: the rules are the domain's."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Any

from services.attendance.domain.days import Day, judge_day
from services.attendance.domain.duties import Duty, days_earned, minutes_on, pressed
from services.attendance.domain.gatherings import sign_in
from services.attendance.domain.months import Figures, Month, after_leave, attended, person_figures, plain
from services.attendance.domain.shifts import ShiftPlan
from services.attendance.storage.projections import Person
from services.attendance.usecases.facts import Facts, load, start_of
from shared.database import Session

_ONE_DAY, _ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)

Share = tuple[Decimal, Decimal]  # days attended, days due


@dataclass(frozen=True)
class PersonMonth:
    figures: Figures
    detail: dict[str, Any]  # the judged days, the rest days worked and the sign-ins behind the figures
    shares: dict[str, Share]  # unit -> what the person brought to its attendance


def judge_people(
    session: Session, bureau: str, month: Month, people: Mapping[str, Person], until: date | None = None
) -> dict[str, PersonMonth]:
    """Judge ``month``, through ``until`` where that is given, for each of ``people``; raises ``Conflict`` where the calendar does
    not know the year."""
    facts = load(session, bureau, month, list(people))
    return {code: _judge(facts, month, person, until) for code, person in people.items()}


def _judge(facts: Facts, month: Month, person: Person, until: date | None) -> PersonMonth:
    leaves = facts.leaves.get(person.code, ())
    punches = facts.punches.get(person.code, ())
    around = days_around(facts, month, person)
    days = [one for one in around if month.holds(one.day) and (until is None or one.day <= until)]
    sign_ins = [
        (gathering, sign_in(gathering, punches, leaves))
        for gathering, people in facts.gatherings
        if person.code in people and (until is None or gathering.closes.date() <= until)
    ]
    detail: dict[str, Any] = {
        "days": [told(day) for day in days],
        "rest_days": rest_days(facts, month, person, until, around),
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
    judged = days_around(facts, month, person, until)
    return [day for day in judged if month.holds(day.day)]


def days_around(facts: Facts, month: Month, person: Person, until: date | None = None) -> list[Day]:
    """Return the person's judged days of work in the month and at its ends: work that ends where a duty of the month begins, or begins
    where one ends; earlier ones too where a leave may be overstayed into it."""
    punches, leaves = facts.punches.get(person.code, ()), facts.leaves.get(person.code, ())
    plan = plan_of(facts, person)
    signed = _signed(facts, person, punches)
    start, last = start_of(month, leaves), month.last
    if person.code in facts.duties:
        start, last = min(start, month.first - _ONE_DAY), last + _ONE_DAY
    last = min(last, until) if until else last
    judged = []
    for day, shift, opens, closes in facts.work(plan):
        unit = person.unit_on(day) if start <= day <= last else None
        if unit is None:
            continue
        own = between(punches, opens, closes)
        corrected = facts.corrections.get((person.code, day), ())
        down = [(starts, ends) for whose, starts, ends in facts.downs if whose in ("", unit)]
        judged.append(judge_day(day, shift, own, leaves, corrected, signed, down))
    return after_leave(judged)


def rest_days(
    facts: Facts, month: Month, person: Person, until: date | None = None, around: Sequence[Day] | None = None
) -> list[dict[str, Any]]:
    """Return the rest days with punches and the duties stood, with the days of compensation (补休) that each gives; through
    ``until`` where that is given. ``around``: what ``days_around`` returns, where it is known."""
    punches, plan = facts.punches.get(person.code, ()), plan_of(facts, person)
    duties = duties_stood(facts, month, person, around)
    due = {day: shift for day, shift, *_ in facts.work(plan)} if duties else {}
    found = []
    for day, _, opens, closes in (
        sorted([*facts.rest(plan), *facts.work(plan)], key=itemgetter(0)) if duties else facts.rest(plan)
    ):
        if not month.holds(day) or person.unit_on(day) is None or (until and day > until):
            continue
        own = () if day in due else between(punches, opens, closes)
        stood = [one for one in duties if one.day == day]
        shown = sorted({*own, *(punch for one in stood for punch in duties[one])})
        if not shown:
            continue
        there = (own[-1] - own[0]) // _ONE_MINUTE if own else 0
        minutes = max(there, sum(minutes_on(one, due.get(day)) for one in stood))
        told = {"day": day.isoformat(), "punches": [punch.isoformat() for punch in shown]}
        earned = plain(days_earned(minutes, day, facts.rules))
        found.append({**told, "earned": earned, **({"duty": "、".join(one.name for one in stood)} if stood else {})})
    return found


def duties_stood(
    facts: Facts, month: Month, person: Person, around: Sequence[Day] | None = None
) -> dict[Duty, list[datetime]]:
    """Return the person's duties that were stood, with the punches that show it."""
    duties, punches = facts.duties.get(person.code, ()), facts.punches.get(person.code, ())
    if not duties:
        return {}
    days = days_around(facts, month, person) if around is None else around
    return {one: shown for one in duties if (shown := pressed(one, punches, days))}


def plan_of(facts: Facts, person: Person) -> ShiftPlan:
    own, allowed = facts.shifts.get(person.code, ()), facts.allowances.get(person.code, ())
    return ShiftPlan(facts.usual.bureau, own, allowed) if own or allowed else facts.usual


def between(punches: Sequence[datetime], opens: datetime, closes: datetime) -> Sequence[datetime]:
    """Return the punches from ``opens`` on and before ``closes``."""
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
