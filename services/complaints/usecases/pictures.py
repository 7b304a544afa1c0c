"""Pictures of genuine and false marks: reserve a place, keep what was stored, open, drop (decision 1634)."""

from services.complaints.domain import knowledge_permissions
from services.complaints.domain.permissions import why_not_as_system
from services.complaints.storage.attachments import Pictures
from services.complaints.storage.entries import Entries
from services.complaints.usecases.entries import COUNTERFEIT, need_entry
from services.complaints.usecases.filing import on_record, own_file, reserved, shown_file, where_stored
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.counterfeits import OneCounterfeit
from shared.contracts.complaints.commands.files import SeveralFiles
from shared.contracts.complaints.commands.pictures import OnePicture, ReservedPicture
from shared.contracts.complaints.commands.shapes import Empty
from shared.database import Row, Session
from shared.errors import NotFound
from shared.recording import audit
from shared.vocabulary.stored_files import StoredFile


def list_pictures(session: Session, actor: Actor, query: OneCounterfeit) -> Row:
    guard(knowledge_permissions.may_look_up(actor, place_of(session, actor)))
    _need_mark(session, actor, query["entry"])
    return {"items": [_shown(row) for row in Pictures(session, actor.bureau).of(query["entry"])]}


def get_picture(session: Session, actor: Actor, query: OnePicture) -> Row:
    guard(knowledge_permissions.may_look_up(actor, place_of(session, actor)))
    return _stored(_row(Pictures(session, actor.bureau), query, "kept"))


def reserve_picture(session: Session, actor: Actor, command: ReservedPicture) -> Row:
    """Reserve a place for a picture. The answer also names what is to be ``clear``-ed away."""
    files, entry = _adding(session, actor, command["entry"]), command["entry"]
    cycle = str(clock.today().year)
    row, new = reserved(files, actor, command, code=entry, cycle=cycle, shows=command["shows"])
    if new:
        _note(session, "counterfeit.picture_reserved", entry, new)
    return {**_stored(row), "clear": files.given_up(clock.now())}


def keep_picture(session: Session, actor: Actor, command: OnePicture) -> Row:
    """Keep the picture: the bytes are durable."""
    files = _adding(session, actor, command["entry"])
    kept = own_file(files, actor, _row(files, command)).kept()
    files.change(kept)
    _note(session, "counterfeit.picture_kept", command["entry"], kept)
    return _stored(files.need(kept.evidence))


def drop_picture(session: Session, actor: Actor, command: OnePicture) -> Row:
    files = _adding(session, actor, command["entry"])
    dropped = own_file(files, actor, _row(files, command)).dropped(actor.account, uses=0)
    files.change(dropped)
    _note(session, "counterfeit.picture_dropped", command["entry"], dropped)
    return {"clear": files.to_clear()}


def forget_pictures(session: Session, actor: Actor, command: SeveralFiles) -> Row:
    """Forget pictures: the bytes of these dropped ones are gone."""
    why_not = why_not_as_system(actor)
    guard(why_not is None, why_not)
    return {"forgotten": Pictures(session, actor.bureau).forget(command["evidence"])}


def list_pictures_to_clear(session: Session, actor: Actor, _command: Empty) -> Row:
    return {"clear": Pictures(session, actor.bureau).given_up(clock.now())}


def _adding(session: Session, actor: Actor, entry: str) -> Pictures:
    """Return the pictures, the entry locked: it lets one be added at a time."""
    guard(knowledge_permissions.may_write_entries(actor, place_of(session, actor)))
    _need_mark(session, actor, entry, lock=True)
    return Pictures(session, actor.bureau)


def _need_mark(session: Session, actor: Actor, entry: str, *, lock: bool = False) -> None:
    need_entry(Entries(session, actor.bureau, COUNTERFEIT), entry, lock=lock)


def _row(files: Pictures, query: OnePicture, status: str | None = None) -> Row:
    row = files.one(str(query["picture"]))
    if row is None or row["code"] != query["entry"] or (status and row["status"] != status):
        raise NotFound("picture.unknown", zh="没有该图片", en="no such picture")
    return row


def _shown(row: Row) -> Row:
    return {**shown_file(row), "picture": row["evidence"], "entry": row["code"], "shows": row["shows"]}


def _stored(row: Row) -> Row:
    return {**_shown(row), **where_stored(row)}


def _note(session: Session, action: str, entry: str, one: StoredFile) -> None:
    audit(session, action=action, subject=entry, before={}, after=on_record(one))
