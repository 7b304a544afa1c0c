"""Enrolments out of a sheet: all or nothing, each wrong row named as the sheet numbers it."""

from datetime import date
from typing import Any

from services.attendance.domain import permissions
from services.attendance.storage.projections import Copies, Person
from services.attendance.usecases.enrolments import enrol_persons
from services.attendance.usecases.guards import guard
from shared.actor import Actor
from shared.batches import each_row
from shared.database import Row, Session
from shared.errors import Problem
from shared.vocabulary.refusals import invalid

_YEARS = range(1990, 2100)
_LONGEST_PIN, _LONGEST_GROUP = 64, 20


def import_enrolments(session: Session, actor: Actor, command: Row) -> Row:
    """Enrol what a sheet tells; a PIN that is already the person's stays. Answers as ``enrol_persons`` does."""
    guard(permissions.may_enrol(actor))
    rows: list[Row] = command["rows"]
    people = Copies(session, actor.bureau).persons()
    try:
        read = each_row(rows, lambda row: _read(row, people))
        return enrol_persons(session, actor, {"enrolments": read})
    except Problem as problem:
        for one in problem.errors:
            one["row"] = rows[one["row"]]["row"]
        raise


def _read(row: Row, people: dict[str, Person]) -> dict[str, Any]:
    person = people.get(row["person"])
    if person is None:
        raise invalid("person.unknown", f"没有人员 {row['person']}", f"no person {row['person']}", "person")
    if row["name"] and row["name"] != person.name:
        raise invalid("person.name", f"{person.code} 的姓名是 {person.name}", f"{person.code} is {person.name}", "name")
    if not 0 < len(row["pin"]) <= _LONGEST_PIN:
        raise invalid("pin.absent", "缺少工号，或工号过长", "the PIN is missing or too long", "pin")
    if len(row["device_group"]) > _LONGEST_GROUP:
        raise invalid("device_group.long", "设备组过长", "the device group is too long", "device_group")
    return {
        "pin": row["pin"],
        "person": person.code,
        "device_group": row["device_group"],
        "starts": _day(row["starts"]),
    }


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise invalid("enrolment.starts", "起始日不是日期", "the first day is no date", "starts") from error
    if found.year not in _YEARS:
        raise invalid("enrolment.starts", "起始日超出范围", "the first day is out of range", "starts")
    return found
