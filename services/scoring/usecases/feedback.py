"""What a subject is told of its result, and the list of the commended."""

from typing import Any

from sqlalchemy.orm import Session

from services.scoring.domain.feedback import feedback
from services.scoring.domain.frame import LAYERS
from services.scoring.domain.permissions import sight
from services.scoring.domain.publication import LIST, SCORES
from services.scoring.domain.runs import FROZEN
from services.scoring.domain.selection import FINAL
from services.scoring.storage.copies import names
from services.scoring.storage.followups import conversations, improvements, with_orders
from services.scoring.storage.gradings import grade_of
from services.scoring.storage.result_tables import improvement
from services.scoring.storage.runs import Runs
from services.scoring.storage.scores import Scores
from services.scoring.storage.selections import steps_of
from services.scoring.storage.visibility import publication_of, visible_of
from services.scoring.usecases.guards import need
from services.scoring.usecases.publishing import shown
from services.scoring.usecases.runs import explain_score
from services.scoring.usecases.talking import settled_score
from shared.actor import Actor
from shared.errors import NotFound

Row = dict[str, Any]
KEPT = (
    "run", "cycle", "subject", "name", "layer", "unit", "unit_name", "line", "rank", "final", "layer_score",
    "components", "weights", "formula", "sentence", "notes", "commended", "struck", "vetoes",
    "frozen_at", "input_hash",
)  # fmt: skip


def read_feedback(session: Session, actor: Actor, query: Row) -> Row:
    """Of a run that is approved; whoever may see the subject's explanation may see it."""
    run, _ = settled_score(session, actor, query["run"], query["subject"])
    tree = explain_score(session, actor, query)
    publication = publication_of(session, run.bureau, run.run)
    means = Scores(session, run.bureau, run.cycle, run.run).means(tree["layer"], tree["unit"])
    return {
        **{name: tree[name] for name in KEPT},
        "status": run.status,
        "means": means,
        **feedback(tree),
        "grade": grade_of(session, run.bureau, run.run, tree["subject"]),
        "publication": shown(publication) if publication else None,
        "conversation": _conversation(session, run.bureau, run.run, tree["subject"]),
        "improvements": _improvements(session, run.bureau, run.run, tree["subject"]),
    }


def list_commendations(session: Session, actor: Actor, code: str) -> Row:
    """The lists of all layers that the actor may see; scores beside them where they are public."""
    run = Runs(session, actor.bureau).get(code)
    seen = sight(actor, visible_of(session, run))
    public = [layer for layer in LAYERS if seen.shows(layer, LIST)]
    need(bool(public) and run.status != FROZEN)
    lists = {layer: _list(session, run, layer, scores=seen.shows(layer, SCORES)) for layer in public}
    head = {"run": run.run, "cycle": run.cycle, "status": run.status, "approved_at": run.approved_at}
    publication = publication_of(session, run.bureau, run.run)
    return {**head, "publication": shown(publication) if publication else None, "lists": lists}


def _list(session: Session, run: Any, layer: str, *, scores: bool) -> list[Row]:
    entries = [one for one in steps_of(session, run.bureau, run.run, layer) if one["step"] == FINAL]
    rows = Scores(session, run.bureau, run.cycle, run.run).of_layer(layer, [one["subject"] for one in entries])
    known = names(session, run.bureau, {code for row in rows.values() for code in (row["subject"], row["unit"])})
    return [
        {
            "place": one["place"],
            "subject": one["subject"],
            "name": known.get(one["subject"]),
            "unit": rows[one["subject"]]["unit"],
            "unit_name": known.get(rows[one["subject"]]["unit"]),
            "final": rows[one["subject"]]["final"] if scores else None,
        }
        for one in entries
    ]


def _conversation(session: Session, bureau: str, run: str, subject: str) -> Row | None:
    try:
        one = conversations(session, bureau).get(run, subject)
    except NotFound:
        return None
    return vars(one)


def _improvements(session: Session, bureau: str, run: str, subject: str) -> list[Row]:
    where = (improvement.c.run == run, improvement.c.subject == subject)
    found: list[Row] = improvements(session, bureau).page(*where, after=None, limit=100)["items"]
    return with_orders(session, bureau, found)
