"""Shifts: added, never changed (closed months were judged by them), and given to the bureau or a person from a day on."""

from services.attendance.domain import permissions
from services.attendance.domain.shifts import Shift, Span, shift_faults
from services.attendance.storage.enrolments import Enrolments
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies
from services.attendance.storage.shifts import EVERYBODY, Shifts
from services.attendance.usecases.guards import guard, unknown_people, visible_people
from services.attendance.usecases.months import refresh
from shared.actor import Actor
from shared.clock import today
from shared.database import Row, Session
from shared.errors import Conflict, Invalid
from shared.recording import audit

_FAULTS = {
    "shift.spans": ("班次应有一段或两段工作时间", "a shift has one or two spans"),
    "shift.times": ("班次时间应依次递增且不足二十四小时", "the times of a shift ascend within 24 hours"),
    "shift.tolerance": ("宽限分钟数应不大于折算旷工的分钟数", "the tolerance must not pass the limit of absence"),
    "shift.flex": (
        "弹性只适用于一段工作时间的班次，且不超过其长度",
        "only a shift of one span can be flexible, within its length",
    ),
    "shift.opens_before": ("提前打卡范围过大", "the shift opens too early"),
}


def add_shift(session: Session, actor: Actor, command: Row) -> Row:
    guard(permissions.may_set_shifts(actor))
    shift = _shift(command)
    faults = [
        {"field": code.removeprefix("shift."), "code": code, "zh": _FAULTS[code][0], "en": _FAULTS[code][1]}
        for code in shift_faults(shift)
    ]
    if faults:
        raise Invalid("shift.invalid", zh="班次设置有误", en="the shift cannot be worked by", errors=faults)
    if not Shifts(session, actor.bureau).add(shift):
        raise Conflict("shift.exists", zh="班次编码已存在", en="a shift with this code exists")
    audit(session, action="shift.added", subject=shift.code, before={}, after=shift)
    return {"shift": shift.code}


def assign_shift(session: Session, actor: Actor, command: Row) -> Row:
    """Let persons, or the bureau (no person), work by a shift from a day on, by several in turn, or by none (exempt, or
    punching elsewhere). Closed months with days concerned are judged anew."""
    guard(permissions.may_set_shifts(actor))
    shifts, rows = Shifts(session, actor.bureau), command["assignments"]
    for row in rows:
        guard(permissions.may_set_shift_of(actor, row["person"]))
    people = [row["person"] for row in rows if row["person"] != EVERYBODY]
    months = Months(session, actor.bureau)
    closed = months.hold_from(min(row["starts"] for row in rows), today())
    faults = unknown_people(Copies(session, actor.bureau).persons(people), people)
    faults += [
        {"row": n, "field": "shift", "code": "shift.unknown", "zh": "没有该班次", "en": "no such shift"}
        for n, row in enumerate(rows)
        if any(code is not None and not shifts.exists(code) for code in (row["shift"], *row["rotation"]))
    ]
    if faults:
        raise Invalid("shift.assignment", zh="排班内容有误", en="some assignments cannot be made", errors=faults)
    shifts.assign([{**row, "shift": row["shift"] or "", "rotation": _codes(row)} for row in rows])
    everybody = EVERYBODY in {row["person"] for row in rows}
    refresh(session, actor.bureau, closed, _all(session, actor) if everybody else people, "shift")
    for row in rows:
        subject = row["person"] or actor.bureau
        audit(session, action="shift.assigned", subject=subject, before={}, after=row)
    return {"assigned": len(rows)}


def list_shifts(session: Session, actor: Actor, query: Row) -> Row:
    return Shifts(session, actor.bureau).page(query["after"], query["limit"])


def list_assignments(session: Session, actor: Actor, query: Row) -> Row:
    """List what was assigned: the bureau's own, and that of whom one may see."""
    visible = visible_people(session, actor)
    page = Shifts(session, actor.bureau).assigned(query, None if visible is None else [EVERYBODY, *visible])
    told = [
        {**row, "shift": row["shift"] or None, "rotation": [code or None for code in row["rotation"]]}
        for row in page["items"]
    ]
    return {**page, "items": told}


def _codes(row: Row) -> list[str]:
    return [code or "" for code in row["rotation"]]


def _all(session: Session, actor: Actor) -> list[str]:
    return sorted(Enrolments(session, actor.bureau).persons())


def _shift(command: Row) -> Shift:
    spans = tuple(Span(starts, ends) for starts, ends in command["spans"])
    limits = (command["tolerance"], command["absent_after"], command["opens_before"], command["flex"])
    return Shift(command["shift"], command["name"], spans, *limits)
