"""How a file comes to a case or to an entry: its place is reserved, within the same limits (decisions 0233, 1602, 1634)."""

from typing import Any

from services.complaints.storage.attachments import Attachments
from shared import clock
from shared.actor import Actor
from shared.database import Row
from shared.ids import new_id
from shared.settings import settings
from shared.vocabulary.refusals import conflict
from shared.vocabulary.stored_files import Room, StoredFile

_OF_FILE = ("name", "kind", "media_type", "size", "sha256")
_MEMBERS = (*_OF_FILE, "note", "owner")


def reserved(
    files: Attachments, actor: Actor, command: Any, *, code: str, cycle: str, **more: str
) -> tuple[Row, StoredFile | None]:
    """Return the row of the file, and the file where it is a new one: the same file put to the same place again is the same file.
    Where its bytes are kept already it is kept at once. ``more``: what the table says besides."""
    taken = files.taken(cycle, actor.account)  # first: it lets one upload of a person through at a time
    there = files.of(code)
    same = [row for row in there if (row["sha256"], row["name"]) == (command["sha256"], command["name"])]
    if same:
        return same[0], None
    most = int(settings.evidence_files)
    if len(there) >= most:
        raise conflict("evidence.too_many", f"每件最多 {most} 个附件", f"at most {most} files each", "case")
    Room(int(settings.evidence_person_megabytes) * 1024 * 1024, taken).check(command["size"])
    told = {name: command[name] for name in _OF_FILE}
    own = {"bureau": actor.bureau, "cycle": cycle, "owner": actor.account}
    new = StoredFile.reserved(new_id(), files.same_content(command["sha256"]), **told, **own)
    files.add(new, clock.now(), code=code, note=command["note"], **more)
    return files.need(new.evidence), new


def own_file(files: Attachments, actor: Actor, row: Row) -> StoredFile:
    """Return the file of ``row``, locked; refused to anybody but whoever put it there."""
    if row["owner"] != actor.account:
        raise conflict("evidence.not_yours", "只能删除本人上传的材料", "only whoever uploaded it may drop it")
    return files.some([row["evidence"]], lock=True)[row["evidence"]]


def shown_file(row: Row) -> Row:
    """Return what lists tell of a file."""
    return {**{name: row[name] for name in _MEMBERS}, "added_at": row["reserved_at"]}


def where_stored(row: Row) -> Row:
    """Return what the gateway needs besides: whether the bytes lie there, and where."""
    return {"status": row["status"], "stored_as": f"{row['bureau']}/{row['stored_as']}"}


def on_record(one: StoredFile) -> Row:
    """Return what the trail has of a file: what it is, not what it is called, as a name may tell a person's."""
    return {name: getattr(one, name) for name in ("evidence", "status", "kind", "size", "sha256")}
