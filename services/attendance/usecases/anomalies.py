"""What HR looks into in a month: missed points, two clocks at once, passwords instead of fingers, leave and punched, duties nobody pressed on."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from services.attendance.domain import permissions
from services.attendance.domain.leaves import Leave
from services.attendance.domain.months import Month
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.punches import Punches, local
from services.attendance.usecases.facts import Facts, load
from services.attendance.usecases.guards import guard
from services.attendance.usecases.judging import days_of, duties_stood
from shared.actor import Actor
from shared.clock import now
from shared.database import Row, Session
from shared.vocabulary.attendance import BIOMETRIC, PASSWORD

_ONE_DAY = timedelta(days=1)
_NEAR = timedelta(minutes=5)
_MANY, _LONG = 10, timedelta(days=7)  # of passwords and nothing else but cards
_BEFORE = timedelta(days=31)  # so far back passwords are counted on
_AT_ONCE = 200  # persons; between two parts clocks get their turn


def list_anomalies(session: Session, actor: Actor, command: Row) -> Row:
    """List what looks wrong in a month: missed points, two clocks at once,
    passwords instead of fingers, leave and punched, duties nobody pressed on."""
    guard(permissions.may_see_anomalies(actor))
    month, copies = Month(command["month"]), Copies(session, actor.bureau)
    people = {
        code: one
        for code, one in copies.persons().items()
        if command["unit"] in (None, one.unit) and command["person"] in (None, code)
    }
    codes, units, at = sorted(people), copies.unit_names(), local(now())
    found: list[dict[str, Any]] = []
    for start in range(0, len(codes), _AT_ONCE):
        part = {code: people[code] for code in codes[start : start + _AT_ONCE]}
        found += _anomalies(session, actor.bureau, month, part, units, at)
    return {"month": month.code, "anomalies": [_told(one) for one in found if _asked(command, one)]}


def _asked(command: Row, one: Mapping[str, Any]) -> bool:
    first, last = (command[name].isoformat() if command[name] else None for name in ("from", "to"))
    within = (first is None or first <= one["day"]) and (last is None or one["day"] <= last)
    there = not command["device"] or command["device"] in one["devices"]
    return within and there and command["kind"] in (None, one["kind"])


def _told(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "devices"}


def _anomalies(
    session: Session, bureau: str, month: Month, people: Mapping[str, Person], units: Mapping[str, str], at: datetime
) -> list[dict[str, Any]]:
    facts = load(session, bureau, month, list(people))
    by_person: dict[str, list[Row]] = defaultdict(list)
    typed: dict[str, list[Row]] = defaultdict(list)
    for row in Punches(session, bureau).lines_of(people, month.first - _BEFORE, month.last):
        typed[row["person"]].append(row)
        if month.holds(local(row["time"]).date()):
            by_person[row["person"]].append(row)
    found: list[dict[str, Any]] = []
    for code, person in people.items():
        named = {"person": code, "person_name": person.name, "unit": person.unit, "unit_name": units.get(person.unit)}
        entries = [*_missed(facts, month, person, at), *_two_clocks(by_person[code])]
        entries += _passwords(typed[code], month)
        entries += _on_leave(facts.leaves.get(code, ()), by_person[code])
        entries += _off_duty(facts, month, person, at)
        found += [{**named, **one} for one in entries]
    return found


def _entry(kind: str, day: date, detail: str, devices: Collection[str] = ()) -> dict[str, Any]:
    """``devices``: the serial numbers of the clocks where it shows."""
    return {"kind": kind, "day": day.isoformat(), "detail": detail, "devices": devices}


def _missed(facts: Facts, month: Month, person: Person, at: datetime) -> list[dict[str, Any]]:
    days = days_of(facts, month, person, at.date() - _ONE_DAY) if at.date() > month.first else []
    return [_entry("missed", day.day, point) for day in days for point in day.missed]


def _off_duty(facts: Facts, month: Month, person: Person, at: datetime) -> list[dict[str, Any]]:
    stood = duties_stood(facts, month, person)
    over = [one for one in facts.duties.get(person.code, ()) if one.ends < at and one not in stood]
    return [_entry("duty_missed", one.day, one.name) for one in over]


def _two_clocks(rows: Sequence[Row]) -> list[dict[str, Any]]:
    found = []
    for one, other in pairwise(rows):
        apart = other["time"] - one["time"]
        if one["device"] != other["device"] and apart <= _NEAR:
            kind = "same_second" if not apart else "far_apart" if one["place"] != other["place"] else ""
            if kind:
                clocks = (one["device"], other["device"])
                found.append(_entry(kind, local(one["time"]).date(), " ".join(clocks), clocks))
    return found


def _passwords(rows: Sequence[Row], month: Month) -> list[dict[str, Any]]:
    """Passwords for weeks, one after the other, whose last are of the month; a finger or a face between them ends it."""
    runs: list[list[Row]] = [[]]
    for row in rows:
        if row["verify"] in BIOMETRIC:
            runs.append([])
        elif row["verify"] == PASSWORD:
            runs[-1].append(row)
    found = []
    for run in runs:
        within = [row for row in run if month.holds(local(row["time"]).date())]
        if within and len(run) >= _MANY and run[-1]["time"] - run[0]["time"] >= _LONG:
            devices = [row["device"] for row in run]
            found.append(_entry("password", local(within[0]["time"]).date(), str(len(run)), devices))
    return found


def _on_leave(leaves: Sequence[Leave], rows: Sequence[Row]) -> list[dict[str, Any]]:
    days: Mapping[date, list[str]] = defaultdict(list)
    for row in rows:
        days[local(row["time"]).date()].append(row["device"])
    whole = [
        (day, leave)
        for day in sorted(days)
        for leave in leaves
        if leave.kind != "outing" and leave.covers(day, 0) and leave.covers(day, 1)
    ]
    return [_entry("on_leave", day, leave.kind, days[day]) for day, leave in whole]
