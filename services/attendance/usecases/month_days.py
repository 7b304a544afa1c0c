"""A person's month day by day, while it is open too: each punch, how it was judged, what may still be explained until when."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from services.attendance.domain import permissions
from services.attendance.domain.days import Day
from services.attendance.domain.gatherings import sign_in
from services.attendance.domain.months import Month, month_of
from services.attendance.domain.points import ABSENT, CORRECTED, EARLY, LATE, MISSED, OK, PRESENT
from services.attendance.domain.shifts import Shift
from services.attendance.storage.corrections import Corrections
from services.attendance.storage.leaves import Leaves, told
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.punches import Punches, local
from services.attendance.usecases.corrections import last_day
from services.attendance.usecases.facts import Facts, load
from services.attendance.usecases.guards import guard
from services.attendance.usecases.judging import days_of, plan_of, rest_days
from services.attendance.usecases.judging import told as told_day
from shared.actor import Actor
from shared.clock import now
from shared.database import Row, Session
from shared.vocabulary.refusals import missing

_ONE_DAY = timedelta(days=1)
_SOON = "due"  # of a point whose time has not come
_FIRST, _SECOND, _NOON = ("arrive", "noon_out"), ("noon_in", "depart"), ("noon_out", "noon_in")  # points by half-day


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
    """List the points that one missed and may explain today, the first to lapse first: what a person is reminded of in the evening."""
    person = Copies(session, actor.bureau).person(actor.person or "")
    if person is None:
        return {"points": []}
    at = local(now())
    found = []
    for month in {month_of(at.date().replace(day=1) - _ONE_DAY), month_of(at.date())}:
        facts = load(session, actor.bureau, month, [person.code])
        counted = Corrections(session, actor.bureau).counted([person.code], month.first, month.last)
        if counted.get(person.code, 0) >= facts.rules.on("explanations_a_month", month.first):
            continue
        for day in _days(session, actor.bureau, facts, month, person, at):
            told = {"day": day["day"], "shift_name": day["shift_name"]}
            found += [{**told, **point} for point in day["points"] if _is_open(point)]
    return {"points": sorted(found, key=lambda one: (one["explain_until"], one["due"]))}


def _is_open(point: dict[str, Any]) -> bool:
    """Tell whether it is without a punch, may be explained, and nobody has explained it."""
    explained = point["explanation"] in ("filed", "approved")
    return point["punch"] is None and point["explain_until"] is not None and not explained


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
        told = _judged(day, shift, at) if opens <= at else _unjudged(day)
        until = last_day(calendar, day.day, facts.rules.on("explain_within", day.day))
        # of a day without any punch there is nothing to explain once it is over
        open_ = at.date() <= until and (own or any(one.due > at for one in day.points))
        points = [
            {
                **point,
                "explanation": explained.get((day.day, point["point"])),
                "explain_until": until if open_ and point["state"] in (MISSED, ABSENT) else None,
            }
            for point in told["points"]
        ]
        found.append({**told, "shift": shift.code, "shift_name": shift.name, "punches": own, "points": points})
    return found


def _judged(day: Day, shift: Shift, at: datetime) -> dict[str, Any]:
    """Hold nothing against anyone before its time has come: who pressed at noon has not gone home, and whom no clock has seen yet may
    have forgotten the first punch."""
    told = told_day(day)
    still = at - timedelta(minutes=shift.absent_after)  # who has not pressed yet may only be late
    coming = {
        one.point for one in day.points if one.due > (at if one.punch else still) and one.state not in (OK, CORRECTED)
    }
    if not coming:
        return told
    running = (
        _SECOND if coming.isdisjoint(_FIRST) and any(one.point in _NOON for one in day.points) else {*_FIRST, *_SECOND}
    )
    points = [_so_far(one, coming, running) for one in told["points"]]
    absent = [0 if one["point"] in _FIRST else 1 for one in points if one["state"] == ABSENT]
    halves = told["halves"]
    if not absent or halves.count(ABSENT) > 1:
        so_far = PRESENT if any(one.punch for one in day.points) else _SOON
        halves = [so_far if one == ABSENT and half not in absent else one for half, one in enumerate(halves)]
    states = [one["state"] for one in points]
    missed = [one["point"] for one in points if one["state"] == MISSED]
    counts = {"late": states.count(LATE), "early": states.count(EARLY)}
    return {**told, **counts, "points": points, "halves": halves, "missed": missed}


def _so_far(point: dict[str, Any], coming: Collection[str], running: Collection[str]) -> dict[str, Any]:
    """Return a point while its day runs: one to come, one without a punch though its half-day is not over, or as it was judged."""
    if point["point"] in coming:
        return {**point, "punch": None, "state": _SOON, "minutes": 0}
    if point["state"] == ABSENT and point["punch"] is None and point["point"] in running:
        return {**point, "state": MISSED}
    return point


def _unjudged(day: Day) -> dict[str, Any]:
    points = [{**one, "punch": None, "state": _SOON, "minutes": 0} for one in told_day(day)["points"]]
    halves = [_SOON if one in (ABSENT, "overleave") else one for one in day.halves]
    return {**told_day(day), "halves": halves, "late": 0, "early": 0, "missed": [], "points": points}


def _line(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("time", "device", "place", "verify")}
