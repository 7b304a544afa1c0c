"""Files of evidence: reserve a place, keep what was stored, drop, attach, look up. No byte comes here (decision 0233)."""

from services.declarations.domain.evidence_permissions import check_clears_evidence
from services.declarations.domain.organisation import who
from services.declarations.storage.evidence import EvidenceFiles, EvidenceUses
from services.declarations.storage.library import need_cycle
from services.declarations.usecases.evidence.visibility import sees_file
from shared.actor import Actor
from shared.clock import now
from shared.contracts.declarations.commands.evidence import NewEvidence, OneEvidence
from shared.contracts.declarations.commands.files import SeveralFiles
from shared.contracts.declarations.commands.shapes import Empty
from shared.database import Row, Session
from shared.ids import new_id
from shared.recording import audit
from shared.settings import settings
from shared.vocabulary.refusals import missing
from shared.vocabulary.stored_files import Room, StoredFile


def reserve_evidence(session: Session, actor: Actor, command: NewEvidence) -> Row:
    """Reserve a place for a file. Where its bytes are kept already it is kept at once;
    the same file sent again is the same file.

    The answer also names what is to be ``clear``-ed away: bytes that nothing needs any more.
    """
    need_cycle(session, actor.bureau, command["cycle"]).check_open()
    files = EvidenceFiles(session, actor.bureau)
    taken = files.taken(command["cycle"], who(actor))  # first: it lets one upload of a person through at a time
    same = files.same_content(command["sha256"])
    own = [one for one in same if (one.owner, one.cycle, one.name) == (who(actor), command["cycle"], command["name"])]
    if own:
        return {**document(own[0]), "clear": files.given_up(now())}
    Room(int(settings.evidence_person_megabytes) * 1024 * 1024, taken).check(command["size"])
    reserved = StoredFile.reserved(new_id(), same, bureau=actor.bureau, owner=who(actor), **command)
    files.add(reserved, now())
    _note(session, "evidence.reserved", reserved)
    return {**document(reserved), "clear": files.given_up(now())}


def keep_evidence(session: Session, actor: Actor, command: OneEvidence) -> Row:
    """Keep the file: the bytes are durable: from here on they are not lost."""
    files = EvidenceFiles(session, actor.bureau)
    kept = _own(files, actor, command["evidence"]).kept()
    files.change(kept)
    _note(session, "evidence.kept", kept)
    return document(kept)


def drop_evidence(session: Session, actor: Actor, command: OneEvidence) -> Row:
    files = EvidenceFiles(session, actor.bureau)
    old = _own(files, actor, command["evidence"])
    uses = EvidenceUses(session, actor.bureau, old.cycle).of([old.evidence])
    dropped = old.dropped(who(actor), len(uses))
    files.change(dropped)
    _note(session, "evidence.dropped", dropped)
    return {**document(dropped), "clear": files.to_clear()}


def forget_evidence(session: Session, actor: Actor, command: SeveralFiles) -> Row:
    """Forget files: the bytes of these dropped files are gone."""
    check_clears_evidence(actor)
    return {"forgotten": EvidenceFiles(session, actor.bureau).forget(command["evidence"])}


def list_to_clear(session: Session, actor: Actor, _command: Empty) -> Row:
    return {"clear": EvidenceFiles(session, actor.bureau).given_up(now())}


def get_evidence(session: Session, actor: Actor, query: OneEvidence) -> Row:
    """Return what is known of a kept file that the actor may read: their own, or behind something that they see."""
    found = EvidenceFiles(session, actor.bureau).some([query["evidence"]]).get(query["evidence"])
    if found is None or found.status != "kept" or not sees_file(session, actor, found):
        raise _unknown(query["evidence"])
    return document(found)


def shown(one: StoredFile) -> Row:
    """Return what anybody who may read the file is told of it."""
    names = ("evidence", "cycle", "name", "kind", "media_type", "size", "sha256", "owner")
    return {name: getattr(one, name) for name in names}


def document(one: StoredFile) -> Row:
    """Return what the gateway needs besides: where the bytes lie."""
    kept = {"status": one.status, "stored_as": f"{one.bureau}/{one.stored_as}"}
    return {**shown(one), **kept}


def _own(files: EvidenceFiles, actor: Actor, code: str) -> StoredFile:
    found = files.some([code], lock=True).get(code)
    if found is None or found.owner != who(actor):
        raise _unknown(code)
    return found


def _unknown(code: str) -> Exception:
    return missing("evidence.unknown", f"没有佐证材料 {code}", f"there is no evidence {code}", "evidence")


def _note(session: Session, action: str, one: StoredFile) -> None:
    after = {name: getattr(one, name) for name in ("status", "name", "kind", "size", "sha256", "owner")}
    audit(session, action=action, subject=one.evidence, before={}, after=after)
