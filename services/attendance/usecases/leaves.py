"""Leaves and outings as approved, and explanations of forgotten punches (补签)."""

from datetime import date

from sqlalchemy.orm import Session

from services.attendance.domain import permissions
from services.attendance.domain.leaves import HALF_WORDS
from services.attendance.storage.copies import Copies, Person
from services.attendance.storage.leaves import Corrections, Leaves
from services.attendance.storage.months import Months
from services.attendance.usecases.guards import guard, unknown_people, visible_people
from services.attendance.usecases.months import months_touched, refresh
from shared.actor import Actor
from shared.clock import bureau_date, now
from shared.database import Row
from shared.errors import Conflict, Invalid, NotFound
from shared.ids import new_id
from shared.recording import audit
from shared.working_days import UnknownYear, WorkingDays

# An explanation filed within so many working days keeps a missed punch out of the count (data/README.md, 02-01-03).
EXPLAIN_WITHIN = 3


def register_leaves(session: Session, actor: Actor, command: Row) -> Row:
    """Register approved leaves and outings, all or nothing. Returns ``{"leaves": [ids in the order given]}``."""
    rows = [_given(row) for row in command["leaves"]]
    people = _people(session, actor, rows)
    for row in rows:
        guard(permissions.may_approve_leave(actor, row["person"], people[row["person"]].unit))
    new = [{**row, "leave": new_id(), "revision": 1, "status": "approved"} for row in rows]
    closed = _hold(session, actor, new)
    Leaves(session, actor.bureau).add(new)
    refresh(session, actor.bureau, closed, {row["person"] for row in new})
    for row in new:
        audit(session, action="leave.registered", subject=row["leave"], before={}, after=row)
    return {"leaves": [row["leave"] for row in new]}


def withdraw_leave(session: Session, actor: Actor, command: Row) -> Row:
    """Take back a leave that was not taken."""
    leaves, leave = Leaves(session, actor.bureau), str(command["leave"])
    row = leaves.get(leave, lock=True)
    person = Copies(session, actor.bureau).person(row["person"]) if row else None
    if row is None or person is None:
        raise NotFound("leave.unknown", zh="没有该请假记录", en="no such leave")
    guard(permissions.may_approve_leave(actor, row["person"], person.unit))
    if row["status"] == "withdrawn":
        raise Conflict("leave.withdrawn", zh="该请假已撤销", en="the leave is already withdrawn")
    closed = _hold(session, actor, [row])
    leaves.withdraw(leave, row["revision"] + 1)
    refresh(session, actor.bureau, closed, [row["person"]])
    audit(
        session, action="leave.withdrawn", subject=leave, before={"status": "approved"}, after={"status": "withdrawn"}
    )
    return {"leave": leave, "status": "withdrawn", "revision": row["revision"] + 1}


def file_corrections(session: Session, actor: Actor, command: Row) -> Row:
    """File explanations of forgotten punches, all or nothing. ``at``: when it reached the office (HR only), else now."""
    rows: list[Row] = command["corrections"]
    people = _people(session, actor, rows)
    for row in rows:
        guard(permissions.may_correct(actor, row["person"], people[row["person"]].unit))
        guard(row["at"] is None or permissions.may_backdate(actor))
    new = [
        {**{key: row[key] for key in ("person", "day", "point", "reason")}, "filed_at": row["at"] or now()}
        for row in rows
    ]
    _check_in_time(Copies(session, actor.bureau).calendar(), new)
    closed = Months(session, actor.bureau).hold_open(months_touched(row["day"] for row in new))
    filed = Corrections(session, actor.bureau).add([{**row, "filed_by": actor.account} for row in new])
    refresh(session, actor.bureau, closed, {row["person"] for row in filed})
    for row in filed:
        audit(session, action="correction.filed", subject=f"{row['person']}/{row['day']}", before={}, after=row)
    return {"filed": len(filed)}


def list_leaves(session: Session, actor: Actor, query: Row) -> Row:
    people = visible_people(session, actor)
    return Leaves(session, actor.bureau).page(people, query["after"], query["limit"])


def list_corrections(session: Session, actor: Actor, query: Row) -> Row:
    people = visible_people(session, actor)
    return Corrections(session, actor.bureau).page(people, query["after"], query["limit"])


def _given(row: Row) -> Row:
    return {**row, **{name: HALF_WORDS.index(row[name]) for name in ("first_half", "last_half")}}


def _people(session: Session, actor: Actor, rows: list[Row]) -> dict[str, Person]:
    codes = [row["person"] for row in rows]
    people = Copies(session, actor.bureau).persons(codes)
    faults = unknown_people(people, codes)
    if faults:
        raise Invalid("attendance.people", zh="有的人员不存在", en="some persons are unknown", errors=faults)
    return people


def _hold(session: Session, actor: Actor, rows: list[Row]) -> list[str]:
    """Hold the months from the leave's first day on: every later one may hold absence that overstays it."""
    days = [day for row in rows for day in (row["first"], *_month_starts(row["first"], row["last"]))]
    return Months(session, actor.bureau).hold_open(months_touched(days))


def _month_starts(first: date, last: date) -> list[date]:
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in months]


def _check_in_time(calendar: WorkingDays, rows: list[Row]) -> None:
    faults = [
        {
            "row": n,
            "field": "day",
            "code": "correction.late",
            "zh": "已超过补签期限",
            "en": "the time to explain is over",
        }
        for n, row in enumerate(rows)
        if _too_late(calendar, row["day"], bureau_date(row["filed_at"]))
    ]
    if faults:
        raise Conflict(
            "correction.late",
            zh=f"漏签应在 {EXPLAIN_WITHIN} 个工作日内说明",
            en=f"a missed punch is to be explained within {EXPLAIN_WITHIN} working days",
            errors=faults,
        )


def _too_late(calendar: WorkingDays, day: date, filed: date) -> bool:
    try:
        return calendar.count(day, filed) > EXPLAIN_WITHIN
    except UnknownYear as error:
        raise Conflict(
            "calendar.unknown",
            zh=f"尚未录入 {error.year} 年的工作日历",
            en=f"no calendar of working days for {error.year}",
        ) from error
