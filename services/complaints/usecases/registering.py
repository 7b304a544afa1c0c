"""Registering cases: a list succeeds whole or not at all, and every refused row is named."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from services.complaints.domain import permissions
from services.complaints.domain.applying import is_backdated
from services.complaints.domain.cases import REPORT, day_of
from services.complaints.domain.events import REGISTER, Event
from services.complaints.domain.history import fold
from services.complaints.domain.settings import Settings
from services.complaints.storage.cases import CaseFile
from services.complaints.storage.look_alikes import LookAlikes
from services.complaints.storage.notifications import Notifications
from services.complaints.storage.numbers import make_room
from services.complaints.storage.people import People
from services.complaints.storage.projections import Copies, Unit
from services.complaints.usecases.arrivals import NOBODY, Arrival, organisation_of
from services.complaints.usecases.guards import guard
from services.complaints.usecases.intake_checks import check
from services.complaints.usecases.linking import link_new
from services.complaints.usecases.numbering import numbered
from services.complaints.usecases.people import place_of, told_of_parties
from services.complaints.usecases.storing import keep_cases
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.cases import NewCase, NewCases
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
    "platform_number",
)


def register_cases(session: Session, actor: Actor, command: NewCases) -> Row:
    """Register a list; a mixed submission becomes a complaint and a report that know of each other (令121 art. 9).

    Returns ``{"cases": [{"case", "number", "status", "revision", "linked_to", "complaints_of_person"}]}`` in the order given,
    each report right after the complaint from which it was split.
    """
    now = clock.now()
    arrivals = [half for place, row in enumerate(command["cases"]) for half in _halves(place, row, now)]
    make_room(session, (one.received_at for one in arrivals if one.received_at <= now))
    units, home = Copies(session, actor.bureau).units(), place_of(session, actor)
    check(session, actor.bureau, arrivals, units, now)
    for one in arrivals:
        guard(permissions.may_register(actor, one.row["intake_unit"], home))
    settings = Copies(session, actor.bureau).calendar().settings.on(day_of(now))
    new = [file_of(actor, one, units[one.row["intake_unit"]], now, settings) for one in arrivals]
    for file in new:
        late = is_backdated(file.history[0]) and not permissions.may_consent(actor, file.case.intake_unit)
        if late:
            raise conflict(
                "case.late_entry", "补录超过规定天数，须由负责人登记", "a head has to register what came in so long ago"
            )
    new = numbered(session, actor.bureau, new)
    before = LookAlikes(session, actor.bureau).by_key(key for file in new for key in file.keys)
    keep_cases(session, actor.bureau, new)
    link_new(session, actor.bureau, actor.account, [_about(*both) for both in zip(arrivals, new, strict=True)])
    note_registered(session, new)
    _note_wishes(session, actor.bureau, zip(arrivals, new, strict=True))
    return {"cases": [_answer(file, before) for file in new]}


def note_registered(session: Session, new: Sequence[CaseFile]) -> None:
    for file in new:
        told = {"number": file.case.number, "kind": file.case.kind}
        audit(session, action="case.registered", subject=file.case.code, before={}, after=told)


def _note_wishes(session: Session, bureau: str, came: Iterable[tuple[Arrival, CaseFile]]) -> None:
    wishes = {file.case.code: way for one, file in came if (way := one.row["tell_by"])}
    Notifications(session, bureau).set_wishes(wishes)
    for code, way in wishes.items():
        audit(session, action="case.notification_wish_set", subject=code, before={"way": None}, after={"way": way})


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


def _about(one: Arrival, file: CaseFile) -> Row:
    case = file.case
    told = {"code": case.code, "name": case.trader, "address": case.trader_address}
    return {**told, "credit_code": one.row["trader_code"]}


def _answer(one: CaseFile, before: Mapping[str, int]) -> Row:
    case = one.case
    known = max((before.get(key, 0) for key in one.keys), default=0)
    told = {"case": case.code, "number": case.number, "status": case.status, "revision": case.revision}
    return {**told, "linked_to": case.linked_to, "complaints_of_person": known}


def _halves(place: int, row: NewCase, now: datetime) -> list[Arrival]:
    """The row as it is, or the complaint and the report that it is made of."""
    at = row["at"] or now
    linked, times = str(row["linked_to"]) if row["linked_to"] else None, (at, row["received_at"] or at)
    part = row["report"]
    if part is None:
        return [Arrival(row, place, new_id(), *times, linked)]
    whole, report = new_id(), new_id()
    half: NewCase = {
        **row,
        **NOBODY,
        "kind": REPORT,
        "amount": None,
        "request": "",
        "linked_to": None,
        "platform_number": None,
        "summary": part["summary"],
        "number": part["number"],
        "real_name": part["real_name"],
        "goods": part["goods"] or row["goods"],
    }
    return [
        Arrival(row, place, whole, *times, report),
        Arrival(half, place, report, *times, whole, half_of=row["kind"]),
    ]


def file_of(actor: Actor, one: Arrival, unit: Unit, now: datetime, settings: Settings) -> CaseFile:
    """Return the file with which what came in begins: its first event, and apart from that who it is about."""
    row: Mapping[str, Any] = one.row
    given = {name: row[name] for name in _TOLD}
    more = {
        "organisation": organisation_of(unit),
        "number": row["number"] or "",
        "received_at": one.received_at,
        "first_received_at": row["first_received_at"],
        "linked_to": one.linked_to,
        **told_of_parties(row),
    }
    late_after = settings.late_entry_days
    event = registration(actor, {**given, **more}, one.at, now, row["why"], row["on_behalf_of"], late_after)
    people = People(actor.bureau)
    return CaseFile(
        fold(one.code, [event]),
        (event,),
        keys=tuple(people.keys(row)),
        sealed=people.seal(row),
        address_key=people.address_key(row),
    )
