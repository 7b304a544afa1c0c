"""A person's month day by day, while it is open too: each punch, how it was judged, what may still be explained until when."""

from datetime import date, datetime, timedelta
from typing import Any

from services.attendance.domain import permissions
from services.attendance.domain.days import Day
from services.attendance.domain.gatherings import sign_in
from services.attendance.domain.months import Month, month_of
from services.attendance.domain.points import ABSENT, MISSED
from services.attendance.storage.corrections import Corrections
from services.attendance.storage.leaves import Leaves, told
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.punches import Punches, local
from services.attendance.usecases.facts import Facts, load
from services.attendance.usecases.guards import guard
from services.attendance.usecases.judging import days_of, plan_of, rest_days
from services.attendance.usecases.judging import told as told_day
from shared.actor import Actor
from shared.clock import now
from shared.database import Row, Session
from shared.vocabulary.refusals import missing
from shared.working_days import UnknownYear, WorkingDays

_ONE_DAY = timedelta(days=1)
_SOON = "due"  # of a point whose time has not come


def show_days(session: Session, actor: Actor, command: Row) -> Row:
    """Show the month of one person, oneself or whom one may see; days to come are there without a judgement."""
    person = Copies(session, actor.bureau).person(command["person"])
    if person is None:
        raise missing("person.unknown", "没有该人员", "there is no such person", "person")
    month, at = Month(command["month"]), local(now())
    units = {person.unit, person.unit_at(month.last)}
    guard(any(permissions.may_see_person(actor, person.code, unit) for unit in units))
    facts = load(session, actor.bureau, month, [person.code])
    return {
        "month": month.code,
        "person": person.code,
        "person_name": person.name,
        "unit": person.unit,
        "unit_name": Copies(session, actor.bureau).unit_names().get(person.unit),
        "closed": month.code in Months(session, actor.bureau).closed(),
        "days": _days(session, actor.bureau, facts, month, person, at),
        "rest_days": rest_days(facts, month, person),
        "sign_ins": _sign_ins(facts, person, at),
        "leaves": [
            told({name: value for name, value in row.items() if name not in ("requested_by", "steps")})
            for row in Leaves(session, actor.bureau).open_rows([person.code], month.first, month.last)
        ],
    }


def list_open_points(session: Session, actor: Actor, _query: Row) -> Row:
    """List the points that one missed and may still explain today, the first to lapse first: what a person is reminded of in the evening."""
    person = Copies(session, actor.bureau).person(actor.person or "")
    if person is None:
        return {"points": []}
    at = local(now())
    found = []
    for month in {month_of(at.date().replace(day=1) - _ONE_DAY).code, month_of(at.date()).code}:
        facts = load(session, actor.bureau, Month(month), [person.code])
        for day in _days(session, actor.bureau, facts, Month(month), person, at):
            told = {"day": day["day"], "shift_name": day["shift_name"]}
            found += [{**told, **point} for point in day["points"] if _is_open(day, point)]
    return {"points": sorted(found, key=lambda one: (one["explain_until"], one["due"]))}


def _is_open(day: dict[str, Any], point: dict[str, Any]) -> bool:
    """Tell whether it was missed on a day with a punch, is over, and nobody has explained it."""
    explained = point["explanation"] in ("filed", "approved")
    return point["state"] == MISSED and bool(day["punches"]) and point["explain_until"] is not None and not explained


def _sign_ins(facts: Facts, person: Person, at: datetime) -> list[dict[str, Any]]:
    """Return the gatherings that expect the person, in their order; without an outcome before they are over."""
    punches, leaves = facts.punches.get(person.code, ()), facts.leaves.get(person.code, ())
    expected = sorted((one for one, people in facts.gatherings if person.code in people), key=lambda one: one.opens)
    return [
        {
            "gathering": one.code,
            "kind": one.kind,
            "name": one.name,
            "opens": one.opens.isoformat(),
            "closes": one.closes.isoformat(),
            "outcome": sign_in(one, punches, leaves) if one.closes <= at else None,
        }
        for one in expected
    ]


def _days(
    session: Session, bureau: str, facts: Facts, month: Month, person: Person, at: datetime
) -> list[dict[str, Any]]:
    plan, calendar = plan_of(facts, person), Copies(session, bureau).calendar()
    lines = Punches(session, bureau).lines_of([person.code], month.first, month.last + 2 * _ONE_DAY)
    explained = {
        (row["day"], row["point"]): row["status"]
        for row in Corrections(session, bureau).rows([person.code], month.first, month.last)
    }
    found = []
    for day in days_of(facts, month, person):
        shift = plan.on(day.day)
        if shift is None:
            continue
        opens, closes = plan.window(day.day, shift)
        own = [_line(row) for row in lines if opens <= local(row["time"]) < closes]
        told = _judged(day, at) if opens <= at else _unjudged(day)
        within = facts.rules.on("explain_within", day.day)
        points = [
            {
                **point,
                "explanation": explained.get((day.day, point["point"])),
                "explain_until": _until(calendar, day.day, within, at) if point["state"] in (MISSED, ABSENT) else None,
            }
            for point in told["points"]
        ]
        found.append({**told, "shift": shift.code, "shift_name": shift.name, "punches": own, "points": points})
    return found


def _judged(day: Day, at: datetime) -> dict[str, Any]:
    """Hold nothing against anyone before its time has come."""
    told = told_day(day)
    coming = {one.point for one in day.points if one.due > at and one.punch is None}
    if not coming:
        return told
    points = [{**one, "state": _SOON} if one["point"] in coming else one for one in told["points"]]
    absent = [ABSENT for one in points if one["state"] == ABSENT]
    halves = told["halves"] if absent else ["present" if one == ABSENT else one for one in told["halves"]]
    missed = [one for one in told["missed"] if one not in coming]
    return {**told, "points": points, "halves": halves, "missed": missed}


def _unjudged(day: Day) -> dict[str, Any]:
    points = [{**one, "punch": None, "state": _SOON, "minutes": 0} for one in told_day(day)["points"]]
    halves = [_SOON if one in (ABSENT, "overleave") else one for one in day.halves]
    return {**told_day(day), "halves": halves, "late": 0, "early": 0, "missed": [], "points": points}


def _line(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("time", "device", "place", "verify")}


def _until(calendar: WorkingDays, day: date, within: int, at: datetime) -> date | None:
    """Return the last day on which a point of ``day`` may be explained; None where that is over."""
    try:
        last = calendar.add(day, within)
    except UnknownYear:
        return None
    return last if at.date() <= last else None
