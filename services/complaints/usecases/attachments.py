"""Files of a case: reserve a place, keep what was stored, open, drop. No byte comes here (decisions 0233, 1602)."""

from services.complaints.domain import attachment_permissions, permissions
from services.complaints.storage.attachments import Attachments
from services.complaints.storage.cases import CaseFile, cycle_of
from services.complaints.usecases.finding import need_case
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.attachments import OneAttachment, ReservedAttachment, SeveralAttachments
from shared.contracts.complaints.commands.cases import OneCase
from shared.contracts.complaints.commands.shapes import Empty
from shared.database import Row, Session
from shared.errors import NotFound
from shared.ids import new_id
from shared.recording import audit
from shared.settings import settings
from shared.vocabulary.refusals import conflict
from shared.vocabulary.stored_files import Room, StoredFile

_CLOSED = frozenset({"archiving", "archived", "voided"})
_MEMBERS = ("name", "note", "kind", "media_type", "size", "sha256", "owner")


def list_attachments(session: Session, actor: Actor, query: OneCase) -> Row:
    one, place = need_case(session, actor, str(query["case"])), place_of(session, actor)
    guard(permissions.may_see(actor, one.case, place))
    may_open = attachment_permissions.may_open_attachments(actor, one.case, place)
    rows = Attachments(session, actor.bureau).of_case(one.case.code)
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
    """Reserve a place for a file; where its bytes are kept already it is kept at once, and the same file put to the same case
    again is the same file. The answer also names what is to be ``clear``-ed away."""
    one, files = _adding(session, actor, str(command["case"])), Attachments(session, actor.bureau)
    code, cycle = one.case.code, cycle_of(one.case)
    taken = files.taken(cycle, actor.account)  # first: it lets one upload of a person through at a time
    there = files.of_case(code)
    same = [row for row in there if (row["sha256"], row["name"]) == (command["sha256"], command["name"])]
    if same:
        return {**stored_document(same[0]), "clear": files.given_up(clock.now())}
    most = int(settings.evidence_files)
    if len(there) >= most:
        raise conflict("evidence.too_many", f"每件最多 {most} 个附件", f"at most {most} files each", "case")
    Room(int(settings.evidence_person_megabytes) * 1024 * 1024, taken).check(command["size"])
    told = {name: value for name, value in command.items() if name not in ("case", "note")}
    own = {"bureau": actor.bureau, "cycle": cycle, "owner": actor.account}
    reserved = StoredFile.reserved(new_id(), files.same_content(command["sha256"]), **told, **own)
    files.add(reserved, clock.now(), code=code, note=command["note"])
    _note(session, "case.attachment_reserved", code, reserved)
    return {**stored_document(_stored(files, reserved.evidence)), "clear": files.given_up(clock.now())}


def keep_attachment(session: Session, actor: Actor, command: OneAttachment) -> Row:
    """Keep the file: the bytes are durable: from here on they are not lost."""
    one, files = _adding(session, actor, str(command["case"])), Attachments(session, actor.bureau)
    kept = _own(files, actor, one, command).kept()
    files.change(kept)
    _note(session, "case.attachment_kept", one.case.code, kept)
    return stored_document(_stored(files, kept.evidence))


def drop_attachment(session: Session, actor: Actor, command: OneAttachment) -> Row:
    one, files = _adding(session, actor, str(command["case"])), Attachments(session, actor.bureau)
    dropped = _own(files, actor, one, command).dropped(actor.account, uses=0)
    files.change(dropped)
    _note(session, "case.attachment_dropped", one.case.code, dropped)
    return {"clear": files.to_clear()}


def forget_attachments(session: Session, actor: Actor, command: SeveralAttachments) -> Row:
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
    row = _row(files, one, command)
    if row["owner"] != actor.account:
        raise conflict("evidence.not_yours", "只能删除本人上传的材料", "only whoever uploaded it may drop it")
    return files.some([row["evidence"]], lock=True)[row["evidence"]]


def _row(files: Attachments, one: CaseFile, query: OneAttachment, status: str | None = None) -> Row:
    row = files.one(str(query["attachment"]))
    if row is None or row["code"] != one.case.code or (status and row["status"] != status):
        raise NotFound("attachment.unknown", zh="没有该附件", en="no such attachment")
    return row


def _stored(files: Attachments, evidence: str) -> Row:
    row = files.one(evidence)
    assert row is not None
    return row


def _shown(row: Row) -> Row:
    told = {name: row[name] for name in _MEMBERS}
    return {**told, "attachment": row["evidence"], "case": row["code"], "added_at": row["reserved_at"]}


def stored_document(row: Row) -> Row:
    """Return what the gateway needs besides: where the bytes lie."""
    return {**_shown(row), "status": row["status"], "stored_as": f"{row['bureau']}/{row['stored_as']}"}


def _note(session: Session, action: str, code: str, one: StoredFile) -> None:
    """A file's name may tell a person's: the trail has what it is, not what it is called."""
    after = {name: getattr(one, name) for name in ("evidence", "status", "kind", "size", "sha256")}
    audit(session, action=action, subject=code, before={}, after=after)
