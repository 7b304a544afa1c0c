"""Enrolment: which person stands behind a PIN, on which clocks, from when to when. Punches of a PIN nobody had wait and count."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from services.attendance.domain import permissions
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies, Person
from services.attendance.storage.punches import Punches
from services.attendance.storage.tables import EVER
from services.attendance.usecases.guards import guard, unknown_people
from services.attendance.usecases.months import months_touched, refresh
from shared.actor import Actor
from shared.batches import each_row
from shared.database import Row, Session
from shared.errors import Conflict, Invalid
from shared.recording import audit
from shared.vocabulary.refusals import conflict, missing

_ONE_DAY = timedelta(days=1)


def enrol_persons(session: Session, actor: Actor, command: Row) -> Row:
    """Enrol a list, all or nothing; a PIN that is already the person's stays.
    Returns ``{"enrolled": n, "replayed": n}``.

    The PIN of somebody who left is free from the day after the last one there.
    """
    guard(permissions.may_enrol(actor))
    rows = [{**row, "starts": row["starts"] or EVER} for row in command["enrolments"]]
    people = Copies(session, actor.bureau).persons()
    faults = unknown_people(people, [row["person"] for row in rows])
    if faults:
        raise Invalid("enrolment.invalid", zh="登记内容有误", en="some entries cannot be enrolled", errors=faults)
    enrolments, pins = Enrolments(session, actor.bureau), [row["pin"] for row in rows]
    held = _hold(session, actor.bureau, pins)
    new, left = _freed(rows, enrolments.of_pins(pins), people)
    for row, last in left:
        enrolments.end(row, last)
        audit(session, action="enrolment.ended", subject=row["pin"], before=row, after={"ends": last})
    added = enrolments.add(sorted(new, key=lambda row: (row["pin"], row["device_group"], row["starts"])))
    waiting = {(row["person"], day) for row in added for day in _days(session, actor.bureau, row)}
    touched = {row["person"] for row in added} | {row["person"] for row, _ in left}
    refresh(session, actor.bureau, held, sorted(touched), "enrolment")
    for row in added:
        audit(session, action="enrolment.added", subject=row["pin"], before={}, after=row)
    return {"enrolled": len(added), "replayed": len(waiting)}


def end_enrolments(session: Session, actor: Actor, command: Row) -> Row:
    """Let PINs be somebody's no longer after a last day, all or nothing; from the
    next day on they may be given to others."""
    guard(permissions.may_enrol(actor))
    rows: list[Row] = command["enrolments"]
    enrolments, pins = Enrolments(session, actor.bureau), [row["pin"] for row in rows]
    held = _hold(session, actor.bureau, pins)
    stored = enrolments.of_pins(pins)
    touched = set()

    def end(row: Row) -> None:
        own = [
            one for one in stored if _same(one, row) and one["starts"] <= row["last"] and one["person"] == row["person"]
        ]
        found = next((one for one in own if one["ends"] is None or one["ends"] >= row["last"]), None)
        if found is None:
            raise missing("enrolment.unknown", "没有该工号登记", "no such enrolment on that day", "pin")
        enrolments.end(found, row["last"])
        touched.add(found["person"])
        audit(session, action="enrolment.ended", subject=row["pin"], before=found, after={"ends": row["last"]})

    each_row(rows, end)
    refresh(session, actor.bureau, held, sorted(touched), "enrolment")
    return {"ended": len(rows)}


def list_enrolments(session: Session, actor: Actor, query: Row) -> Row:
    guard(permissions.may_see_enrolments(actor))
    return Enrolments(session, actor.bureau).page(query)


def list_unenrolled(session: Session, actor: Actor, query: Row) -> Row:
    """List the staff at work without a PIN (who has no figures)."""
    guard(permissions.may_see_enrolments(actor))
    copies = Copies(session, actor.bureau)
    enrolled, units = Enrolments(session, actor.bureau).persons(), copies.unit_names()
    people = sorted(copies.persons().values(), key=lambda one: one.code)
    told = [
        {"person": one.code, "person_name": one.name, "unit": one.unit, "unit_name": units.get(one.unit)}
        for one in people
        if one.active and one.code not in enrolled and query["unit"] in (None, one.unit)
    ]
    return {"persons": told}


def _freed(
    rows: list[Row], stored: Sequence[Row], people: dict[str, Person]
) -> tuple[list[Row], list[tuple[Row, date]]]:
    """Return what is to be enrolled and which enrolments of people who left end for it; raises ``Conflict`` naming the rows
    whose PIN is another's at some time."""
    new: list[Row] = []
    left: list[tuple[Row, date]] = []
    standing = list(stored)

    def free(row: Row) -> None:
        wanted = dict(row)
        for one in [other for other in standing if _meet(other, wanted)]:
            if one["person"] == row["person"] and (one["device_group"] in ("", row["device_group"])):
                if one["starts"] <= wanted["starts"] and one["ends"] is None:
                    return
                continue
            last = _last_day(people.get(one["person"]))
            if one["person"] == row["person"] or last is None or one in new or last < one["starts"]:
                raise conflict("pin.taken", "该工号已登记给他人", "the PIN is another person's", "pin")
            if one["ends"] is None or one["ends"] > last:
                left.append((one, last))
            wanted["starts"] = max(wanted["starts"], last + _ONE_DAY)
        standing.append({**wanted, "ends": None})
        new.append({**wanted, "ends": None})

    try:
        each_row(rows, free)
    except Conflict as taken:
        raise Conflict(
            "enrolment.taken", zh="有工号已被占用", en="a PIN is already given", errors=taken.errors
        ) from taken
    return new, left


def _last_day(person: Person | None) -> date | None:
    """Return the last day of somebody who left; None for who is still there."""
    if person is None or not person.assignments:
        return None
    ends = [one.ends for one in person.assignments]
    return None if None in ends else max(one for one in ends if one is not None)


def _meet(one: Row, row: Row) -> bool:
    """Tell whether a stored enrolment holds at a time and on a clock at which the new one would."""
    return _same(one, row, loosely=True) and (one["ends"] is None or one["ends"] >= row["starts"])


def _same(one: Row, row: Row, *, loosely: bool = False) -> bool:
    groups = {one["device_group"], row["device_group"]}
    return one["pin"] == row["pin"] and (len(groups) == 1 or (loosely and "" in groups))


def _hold(session: Session, bureau: str, pins: Iterable[str]) -> list[str]:
    days = (day for _, day in Punches(session, bureau).days_of_pins(pins))
    return Months(session, bureau).hold_open(months_touched(days))


def _days(session: Session, bureau: str, row: Row) -> set[date]:
    return {
        day
        for _, day in Punches(session, bureau).days_of_pins([row["pin"]])
        if row["starts"] <= day and (row["ends"] is None or day <= row["ends"])
    }
