"""Files of a case: reserve a place, keep what was stored, open, drop. No byte comes here (decisions 0233, 1602)."""

from services.complaints.domain import attachment_permissions, permissions
from services.complaints.storage.attachments import Attachments
from services.complaints.storage.cases import CaseFile, cycle_of
from services.complaints.usecases.filing import on_record, own_file, reserved, shown_file, where_stored
from services.complaints.usecases.finding import need_case
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.attachments import OneAttachment, ReservedAttachment
from shared.contracts.complaints.commands.cases import OneCase
from shared.contracts.complaints.commands.files import SeveralFiles
from shared.contracts.complaints.commands.shapes import Empty
from shared.database import Row, Session
from shared.errors import NotFound
from shared.recording import audit
from shared.vocabulary.refusals import conflict
from shared.vocabulary.stored_files import StoredFile

_CLOSED = frozenset({"archiving", "archived", "voided"})


def list_attachments(session: Session, actor: Actor, query: OneCase) -> Row:
    one, place = need_case(session, actor, str(query["case"])), place_of(session, actor)
    guard(permissions.may_see(actor, one.case, place))
    may_open = attachment_permissions.may_open_attachments(actor, one.case, place)
    rows = Attachments(session, actor.bureau).of(one.case.code)
    return {
        "items": [_shown(row) for row in rows] if may_open else [],
        "count": len(rows),
        "may_open": may_open,
        "why_not_add": attachment_permissions.why_not_add_attachments(actor, one.case, place) or _closed(one),
    }


def get_attachment(session: Session, actor: Actor, query: OneAttachment) -> Row:
    one = need_case(session, actor, str(query["case"]))
    guard(attachment_permissions.may_open_attachments(actor, one.case, place_of(session, actor)))
    return stored_document(_row(Attachments(session, actor.bureau), one, query, "kept"))


def reserve_attachment(session: Session, actor: Actor, command: ReservedAttachment) -> Row:
    """Reserve a place for a file. The answer also names what is to be ``clear``-ed away."""
    one, files = _adding(session, actor, str(command["case"])), Attachments(session, actor.bureau)
    row, new = reserved(files, actor, command, code=one.case.code, cycle=cycle_of(one.case))
    if new:
        _note(session, "case.attachment_reserved", one.case.code, new)
    return {**stored_document(row), "clear": files.given_up(clock.now())}


def keep_attachment(session: Session, actor: Actor, command: OneAttachment) -> Row:
    """Keep the file: the bytes are durable: from here on they are not lost."""
    one, files = _adding(session, actor, str(command["case"])), Attachments(session, actor.bureau)
    kept = _own(files, actor, one, command).kept()
    files.change(kept)
    _note(session, "case.attachment_kept", one.case.code, kept)
    return stored_document(files.need(kept.evidence))


def drop_attachment(session: Session, actor: Actor, command: OneAttachment) -> Row:
    one, files = _adding(session, actor, str(command["case"])), Attachments(session, actor.bureau)
    dropped = _own(files, actor, one, command).dropped(actor.account, uses=0)
    files.change(dropped)
    _note(session, "case.attachment_dropped", one.case.code, dropped)
    return {"clear": files.to_clear()}


def forget_attachments(session: Session, actor: Actor, command: SeveralFiles) -> Row:
    """Forget files: the bytes of these dropped files are gone."""
    why_not = permissions.why_not_as_system(actor)
    guard(why_not is None, why_not)
    return {"forgotten": Attachments(session, actor.bureau).forget(command["evidence"])}


def list_attachments_to_clear(session: Session, actor: Actor, _command: Empty) -> Row:
    return {"clear": Attachments(session, actor.bureau).given_up(clock.now())}


def _adding(session: Session, actor: Actor, code: str) -> CaseFile:
    one = need_case(session, actor, code, lock=True)
    why_not = attachment_permissions.why_not_add_attachments(actor, one.case, place_of(session, actor))
    guard(why_not is None, why_not)
    if closed := _closed(one):
        raise conflict("attachment.closed", closed, "the file is checked, archived or void", "case")
    return one


def _closed(one: CaseFile) -> str | None:
    return "此件已送检、归档或作废，不能再增减附件" if one.case.status in _CLOSED else None


def _own(files: Attachments, actor: Actor, one: CaseFile, command: OneAttachment) -> StoredFile:
    return own_file(files, actor, _row(files, one, command))


def _row(files: Attachments, one: CaseFile, query: OneAttachment, status: str | None = None) -> Row:
    row = files.one(str(query["attachment"]))
    if row is None or row["code"] != one.case.code or (status and row["status"] != status):
        raise NotFound("attachment.unknown", zh="没有该附件", en="no such attachment")
    return row


def _shown(row: Row) -> Row:
    return {**shown_file(row), "attachment": row["evidence"], "case": row["code"]}


def stored_document(row: Row) -> Row:
    """Return what the gateway needs besides: where the bytes lie."""
    return {**_shown(row), **where_stored(row)}


def _note(session: Session, action: str, code: str, one: StoredFile) -> None:
    audit(session, action=action, subject=code, before={}, after=on_record(one))
