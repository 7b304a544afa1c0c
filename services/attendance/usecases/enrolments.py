"""Enrolment: which person stands behind a PIN. Punches of a PIN nobody had counted wait, and count from now on."""

from collections import Counter

from sqlalchemy.orm import Session

from services.attendance.domain import permissions
from services.attendance.storage.copies import Copies
from services.attendance.storage.devices import Enrolments
from services.attendance.storage.months import Months
from services.attendance.storage.punches import Punches
from services.attendance.usecases.guards import guard, unknown_people
from services.attendance.usecases.months import months_touched, refresh
from shared.actor import Actor
from shared.database import Row
from shared.errors import Conflict, Invalid
from shared.recording import audit


def enrol_persons(session: Session, actor: Actor, command: Row) -> Row:
    """Enrol a list, all or nothing; a PIN that is already the person's stays. Returns ``{"enrolled": n, "replayed": n}``."""
    guard(permissions.may_enrol(actor))
    rows: list[Row] = command["enrolments"]
    _check(session, actor.bureau, rows)
    months, enrolments = Months(session, actor.bureau), Enrolments(session, actor.bureau)
    pins = [row["pin"] for row in rows]
    closed = months.hold_open(months_touched(day for _, day in Punches(session, actor.bureau).days_of_pins(pins)))
    added = enrolments.add(sorted(rows, key=lambda row: str(row["pin"])))
    waiting = Punches(session, actor.bureau).days_of_pins([row["pin"] for row in added])
    owners = {row["pin"]: row["person"] for row in added}
    refresh(session, actor.bureau, closed, sorted({owners[pin] for pin, _ in waiting}))
    for row in added:
        audit(session, action="enrolment.added", subject=row["pin"], before={}, after={"person": row["person"]})
    return {"enrolled": len(added), "replayed": len(waiting)}


def list_enrolments(session: Session, actor: Actor, query: Row) -> Row:
    guard(permissions.may_see_enrolments(actor))
    return Enrolments(session, actor.bureau).page(query["person"], query["after"], query["limit"])


def _check(session: Session, bureau: str, rows: list[Row]) -> None:
    faults = unknown_people(Copies(session, bureau).persons(), [row["person"] for row in rows])
    if faults:
        raise Invalid("enrolment.invalid", zh="登记内容有误", en="some entries cannot be enrolled", errors=faults)
    given = Enrolments(session, bureau).of_pins(row["pin"] for row in rows)
    twice = Counter(row["pin"] for row in rows)
    taken = [
        {"row": n, "field": "pin", "code": "pin.taken", "zh": "该工号已登记给他人", "en": "the PIN is another person's"}
        for n, row in enumerate(rows)
        if given.get(row["pin"], row["person"]) != row["person"] or twice[row["pin"]] > 1
    ]
    if taken:
        raise Conflict("enrolment.taken", zh="有工号已被占用", en="a PIN is already given", errors=taken)
