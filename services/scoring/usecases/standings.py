"""The live standing: what the scores would be by the facts of now. Kept until a newer fact arrives."""

from typing import Any

from sqlalchemy.orm import Session

from services.scoring.domain.dossier import Dossier
from services.scoring.domain.explanation import explain_subject
from services.scoring.domain.frame import Frame
from services.scoring.domain.permissions import detail_sight, sight
from services.scoring.domain.sheets import score_subject
from services.scoring.storage.copies import cycle_of, read_frame, version_of
from services.scoring.storage.facts import count_facts, read_dossiers
from services.scoring.storage.runs import Runs
from services.scoring.storage.scores import STANDING, Scores, find_standing, keep_standing, lock_standing
from services.scoring.usecases.guards import need_to_see
from services.scoring.usecases.naming import named, told
from services.scoring.usecases.scoring import score_bureau
from shared.actor import Actor
from shared.clock import now

Row = dict[str, Any]


def list_standing(session: Session, actor: Actor, query: Row) -> Row:
    bureau, cycle = actor.bureau, query["cycle"]
    standing = _current_standing(session, bureau, cycle)
    seen = sight(actor, published=Runs(session, bureau).is_published(cycle))
    scores = Scores(session, bureau, cycle, STANDING)
    page = scores.by_rank(query["layer"], seen, after=query["after"], limit=query["limit"])
    head = {"cycle": cycle, "provisional": True, "computed_at": standing["computed_at"]}
    bureau_row = standing["summary"] if seen.everybody else None
    return {**head, "bureau": bureau_row, **named(session, bureau, page)}


def explain_standing(session: Session, actor: Actor, query: Row) -> Row:
    bureau, cycle, subject = actor.bureau, query["cycle"], query["subject"]
    _current_standing(session, bureau, cycle)
    row = Scores(session, bureau, cycle, STANDING).get(subject)
    need_to_see(detail_sight(actor), subject, row["unit"])
    frame = Frame.from_json(read_frame(session, bureau, cycle))
    (raw,) = read_dossiers(session, bureau, cycle, [subject])
    sheet = score_subject(frame, frame.by_code[subject], Dossier.from_json(raw))
    tree = {"cycle": cycle, "provisional": True, **explain_subject(frame, sheet, row, raw["facts"])}
    return told(session, bureau, tree)


def count_what_arrived(session: Session, actor: Actor, query: Row) -> Row:
    cycle_of(session, actor.bureau, query["cycle"])
    counts = count_facts(session, actor.bureau, query["cycle"])
    return {"cycle": query["cycle"], "version": version_of(session, actor.bureau, query["cycle"]), "counts": counts}


def _current_standing(session: Session, bureau: str, cycle: str) -> Row:
    """The standing by the newest facts; while somebody else is computing it, the one before."""
    cycle_of(session, bureau, cycle)
    kept = find_standing(session, bureau, cycle)
    if kept and kept["version"] == version_of(session, bureau, cycle):
        return kept
    if not lock_standing(session, bureau, cycle, wait=kept is None) and kept:
        return kept
    version = version_of(session, bureau, cycle)  # under the lock: another may have computed it meanwhile
    kept = find_standing(session, bureau, cycle)
    return kept if kept and kept["version"] == version else _compute(session, bureau, cycle, version)


def _compute(session: Session, bureau: str, cycle: str, version: str) -> Row:
    """``version`` was read before the facts: whatever arrives meanwhile makes this standing stale, never wrong for long."""
    frame = Frame.from_json(read_frame(session, bureau, cycle))
    scored = score_bureau(frame, read_dossiers(session, bureau, cycle, list(frame.by_code)))
    at = now()
    Scores(session, bureau, cycle, STANDING).replace(scored.scoring.rows)
    keep_standing(session, bureau, cycle, version, at, scored.scoring.bureau)
    return {"version": version, "computed_at": at, "summary": scored.scoring.bureau}
