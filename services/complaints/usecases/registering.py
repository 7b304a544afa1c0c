"""Registering cases: a list succeeds whole or not at all, and every refused row is named."""

from collections.abc import Mapping
from typing import Any

from services.complaints.domain import permissions
from services.complaints.domain.applying import is_backdated
from services.complaints.domain.cases import ASSOCIATION, BUREAU, REPORT, day_of
from services.complaints.domain.events import REGISTER, Event
from services.complaints.domain.history import fold
from services.complaints.domain.settings import Settings
from services.complaints.storage.cases import CaseFile
from services.complaints.storage.look_alikes import LookAlikes
from services.complaints.storage.people import FIELDS, People
from services.complaints.storage.projections import Copies, Unit
from services.complaints.usecases.guards import guard
from services.complaints.usecases.intake_checks import check
from services.complaints.usecases.people import place_of, told_of_parties
from services.complaints.usecases.storing import keep_cases
from shared import clock
from shared.actor import Actor
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.refusals import conflict

_TOLD = (
    "kind",
    "intake_unit",
    "summary",
    "trader",
    "trader_address",
    "channel",
    "goods",
    "amount",
    "request",
    "real_name",
)


def register_cases(session: Session, actor: Actor, command: Row) -> Row:
    """Register a list; a mixed submission becomes a complaint and a report that know of each other (令121 art. 9).

    Returns ``{"cases": [{"case", "number", "status", "revision", "linked_to", "complaints_of_person"}]}`` in the order given,
    each report right after the complaint from which it was split.
    """
    now = clock.now()
    rows = [half for number, row in enumerate(command["cases"]) for half in _halves(number, _timed(row, now))]
    units, place = Copies(session, actor.bureau).units(), place_of(session, actor)
    check(session, actor.bureau, rows, units, now)
    for row in rows:
        guard(permissions.may_register(actor, row["intake_unit"], place))
    settings = Copies(session, actor.bureau).calendar().settings.on(day_of(now))
    new = [_file(actor, row, units[row["intake_unit"]], now, settings) for row in rows]
    for one in new:
        late = is_backdated(one.history[0]) and not permissions.may_consent(actor, one.case.intake_unit)
        if late:
            raise conflict(
                "case.late_entry", "补录超过规定天数，须由负责人登记", "a head has to register what came in so long ago"
            )
    before = LookAlikes(session, actor.bureau).by_key(key for one in new for key in one.keys)
    keep_cases(session, actor.bureau, new)
    for one in new:
        told = {"number": one.case.number, "kind": one.case.kind}
        audit(session, action="case.registered", subject=one.case.code, before={}, after=told)
    return {"cases": [_answer(one, before) for one in new]}


def registration(
    actor: Actor, given: Mapping[str, Any], at: Any, now: Any, why: str, behalf: str | None, late_after: int
) -> Event:
    """Return the event with which a case begins."""
    return Event(
        number=1,
        name=REGISTER,
        recorded_at=now,
        happened_at=at,
        account=actor.account,
        person=actor.person,
        given=given,
        why=why,
        on_behalf_of=behalf,
        late_after=late_after,
    )


def _answer(one: CaseFile, before: Mapping[str, int]) -> Row:
    case = one.case
    known = max((before.get(key, 0) for key in one.keys), default=0)
    told = {"case": case.code, "number": case.number, "status": case.status, "revision": case.revision}
    return {**told, "linked_to": case.linked_to, "complaints_of_person": known}


def _timed(row: Row, now: Any) -> Row:
    registered = row["at"] or now
    return {**row, "at": registered, "received_at": row["received_at"] or registered}


def _halves(number: int, row: Row) -> list[Row]:
    """The row as it is, or the complaint and the report that it is made of. ``row``: its place in the list."""
    linked = str(row["linked_to"]) if row["linked_to"] else None
    whole = {**row, "row": number, "code": new_id(), "linked_to": linked, "linked": linked}
    part = row["report"]
    if part is None:
        return [whole]
    nobody: Row = {**dict.fromkeys(FIELDS, ""), "agent": None, "together": []}
    half = {**whole, **nobody, "kind": REPORT, "code": new_id(), "amount": None, "request": "", "linked": None}
    half |= {name: part[name] for name in ("summary", "number", "real_name")}
    half |= {"goods": part["goods"] or row["goods"], "linked_to": whole["code"], "half_of": row["kind"]}
    return [{**whole, "linked_to": half["code"]}, half]


def _file(actor: Actor, row: Row, unit: Unit, now: Any, settings: Settings) -> CaseFile:
    given = {name: row[name] for name in _TOLD}
    more = {
        "organisation": ASSOCIATION if unit.kind == ASSOCIATION else BUREAU,
        "number": row["number"] or row["code"],
        "received_at": row["received_at"],
        "first_received_at": row["first_received_at"],
        "linked_to": row["linked_to"],
        **told_of_parties(row),
    }
    event = registration(
        actor, {**given, **more}, row["at"], now, row["why"], row["on_behalf_of"], settings.late_entry_days
    )
    people = People(actor.bureau)
    return CaseFile(
        fold(row["code"], [event]),
        (event,),
        keys=tuple(people.keys(row)),
        sealed=people.seal(row),
        address_key=people.address_key(row),
    )
