"""Meetings and study sessions: called with a window for signing in and the persons expected."""

from datetime import datetime

from services.attendance.domain import permissions
from services.attendance.storage.gatherings import Gatherings
from services.attendance.storage.months import Months
from services.attendance.storage.projections import Copies, Person
from services.attendance.usecases.guards import guard
from services.attendance.usecases.months import months_touched, refresh
from shared.actor import Actor
from shared.clock import bureau_date
from shared.database import Row, Session
from shared.errors import Conflict, Invalid, NotFound
from shared.ids import new_id
from shared.recording import audit


def call_gatherings(session: Session, actor: Actor, command: Row) -> Row:
    """Call a list of gatherings, all or nothing. Whom each expects: named persons,
    units (as staffed that day), or everyone.

    Returns ``{"gatherings": [{"gathering", "expected": number of persons}]}`` in the order given.
    """
    guard(permissions.may_call_gatherings(actor))
    known = Copies(session, actor.bureau).persons()
    new = [_called(known, row, number) for number, row in enumerate(command["gatherings"])]
    closed = Months(session, actor.bureau).hold_open(months_touched(bureau_date(row["opens_at"]) for row in new))
    Gatherings(session, actor.bureau).add(new)
    refresh(session, actor.bureau, closed, {person for row in new for person in row["persons"]}, "gathering")
    for row in new:
        audit(session, action="gathering.called", subject=row["gathering"], before={}, after=row)
    return {"gatherings": [{"gathering": row["gathering"], "expected": len(row["persons"])} for row in new]}


def withdraw_gathering(session: Session, actor: Actor, command: Row) -> Row:
    """Call off a gathering: nobody is absent from it."""
    guard(permissions.may_call_gatherings(actor))
    gatherings, gathering = Gatherings(session, actor.bureau), str(command["gathering"])
    row = gatherings.get(gathering, lock=True)
    if row is None:
        raise NotFound("gathering.unknown", zh="没有该会议或学习", en="no such gathering")
    if row["status"] == "withdrawn":
        raise Conflict("gathering.withdrawn", zh="该会议或学习已取消", en="the gathering is already called off")
    closed = Months(session, actor.bureau).hold_open(months_touched([bureau_date(row["opens_at"])]))
    gatherings.withdraw(gathering, row["revision"] + 1)
    refresh(session, actor.bureau, closed, row["persons"], "gathering")
    audit(
        session,
        action="gathering.withdrawn",
        subject=gathering,
        before={"status": "called"},
        after={"status": "withdrawn"},
    )
    return {"gathering": gathering, "status": "withdrawn", "revision": row["revision"] + 1}


def list_gatherings(session: Session, actor: Actor, query: Row) -> Row:
    person = None if permissions.may_see_all(actor) else actor.person or ""
    page = Gatherings(session, actor.bureau).page(query, person)
    known = Copies(session, actor.bureau).persons(sorted({code for row in page["items"] for code in row["persons"]}))
    for row in page["items"]:
        row["person_names"] = [known[code].name if code in known else None for code in row["persons"]]
    return page


def _called(known: dict[str, Person], row: Row, number: int) -> Row:
    people = _expected(known, row, number)
    kept = {name: row[name] for name in ("kind", "name", "opens_at", "closes_at")}
    return {**kept, "gathering": new_id(), "persons": people, "revision": 1, "status": "called"}


def _expected(known: dict[str, Person], row: Row, number: int) -> list[str]:
    unknown = [code for code in row["persons"] if code not in known]
    if unknown:
        raise _fault(number, "persons", "person.unknown", f"没有人员 {unknown[0]}", f"no person {unknown[0]}")
    at: datetime = row["opens_at"]
    staffed = {code: one.unit_on(bureau_date(at)) for code, one in known.items()}
    units = set(row["units"])
    chosen = {code for code, unit in staffed.items() if unit and (row["everyone"] or unit in units)}
    if not chosen | set(row["persons"]):
        raise _fault(number, "persons", "gathering.nobody", "没有应到人员", "nobody is expected")
    return sorted(chosen | set(row["persons"]))


def _fault(number: int, field: str, code: str, zh: str, en: str) -> Invalid:
    entry = {"row": number, "field": field, "code": code, "zh": zh, "en": en}
    return Invalid("gathering.invalid", zh="会议或学习内容有误", en="the gathering cannot be called", errors=[entry])
