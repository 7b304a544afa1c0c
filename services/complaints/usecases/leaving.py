"""What leaves a case for those who have no part in it: texts without what tells a person, lists as files."""

from services.complaints.domain import permissions
from services.complaints.domain.masking import masked
from services.complaints.usecases.guards import guard
from shared.actor import Actor
from shared.contracts.complaints.commands.imports import ExportFile
from shared.database import Row, Session
from shared.recording import audit

_FREE = frozenset({"summary", "request", "proof", "place"})  # what somebody wrote, of what an event says


def note_export(session: Session, actor: Actor, query: ExportFile) -> Row:
    """Note on the trail that a list goes out as a file, and which; its rows are asked for as those of any list."""
    guard(permissions.may_export_cases(actor))
    asked = {name: value for name, value in query.items() if value is not None}
    audit(session, action="cases.exported", subject=actor.account, before={}, after=asked)
    return {}


def masked_event(told: Row) -> Row:
    """Return an event as those are told it who have no part in the case: without what in its texts tells a person."""
    given = {name: masked(value) if name in _FREE else value for name, value in told["given"].items()}
    if isinstance(changes := given.get("changes"), dict):
        given["changes"] = {name: masked(value) if name in _FREE else value for name, value in changes.items()}
    return {**told, "why": masked(told["why"]), "given": given}


def masked_urging(told: Row) -> Row:
    return {**told, "text": masked(told["text"])}


def masked_paper(told: Row) -> Row:
    return {**told, "why": masked(told["why"])}


def masked_notification(told: Row) -> Row:
    return {**told, "proof": masked(told["proof"])}
