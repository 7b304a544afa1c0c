"""What a subject is told of its result, and the list of the commended."""

from dataclasses import asdict
from typing import Any

from services.scoring.domain.feedback import feedback
from services.scoring.domain.frame import LAYERS
from services.scoring.domain.permissions import Sight, everybodys_sight, guarded, sight
from services.scoring.domain.publication import LIST, SCORES
from services.scoring.domain.run import FROZEN, PUBLISHED, Run
from services.scoring.domain.selection import FINAL
from services.scoring.storage.followups import conversations, measures_of
from services.scoring.storage.gradings import grade_of
from services.scoring.storage.projections import names
from services.scoring.storage.run_store import Runs
from services.scoring.storage.scores import Scores
from services.scoring.storage.selections import steps_of
from services.scoring.storage.visibility import publication_of, visible_of
from services.scoring.usecases.conversations import settled_score
from services.scoring.usecases.guards import need
from services.scoring.usecases.naming import bureau_name, named
from services.scoring.usecases.publishing import shown
from services.scoring.usecases.runs import explain_score
from shared.actor import Actor
from shared.contracts.scoring.commands.results import CommendationsQuery
from shared.contracts.scoring.commands.scores import RunSubject
from shared.database import Session

Row = dict[str, Any]
KEPT = (
    "run", "cycle", "subject", "name", "layer", "unit", "unit_name", "bureau_name", "line", "rank", "ranked", "final", "layer_score",
    "components", "weights", "formula", "sentence", "notes", "commended", "struck", "vetoes",
    "frozen_at", "input_hash",
)  # fmt: skip


def read_feedback(session: Session, actor: Actor, query: RunSubject) -> Row:
    """Read the feedback of a run that is approved; whoever may see the subject's explanation may see it."""
    run, _ = settled_score(session, actor, query["run"], query["subject"])
    tree = explain_score(session, actor, query)
    publication = publication_of(session, run.bureau, run.run)
    means = Scores(session, run.bureau, run.cycle, run.run).means(tree["layer"], tree["unit"])
    return {
        **{name: tree[name] for name in KEPT},
        "status": run.status,
        "means": means,
        **feedback(tree),
        "grade": _grade(session, run, tree["subject"]),
        "publication": shown(publication) if publication else None,
        "conversation": _conversation(session, run, tree["subject"]),
        "improvements": _improvements(session, run, tree["subject"]),
    }


def list_commendations(session: Session, actor: Actor, query: CommendationsQuery) -> Row:
    """List the commendations of all layers that the actor may see; scores beside them where they are public.

    ``posted``: as they are put up on a wall, with what everybody may see and nothing else, whoever asks.
    """
    run = Runs(session, actor.bureau).get(query["run"])
    seen = sight(actor, visible_of(session, run))
    listed = [layer for layer in LAYERS if seen.shows(layer, LIST)]
    need(bool(listed) and run.status != FROZEN)
    if query["posted"]:
        seen = everybodys_sight(visible_of(session, run))
        listed = [layer for layer in listed if run.status != PUBLISHED or seen.shows(layer, LIST)]
    lists = {layer: _list(session, run, layer, seen) for layer in listed}
    head = {"run": run.run, "cycle": run.cycle, "status": run.status, "approved_at": run.approved_at}
    head["bureau_name"] = bureau_name(session, run.bureau)
    publication = publication_of(session, run.bureau, run.run)
    return {**head, "publication": shown(publication) if publication else None, "lists": lists}


def _list(session: Session, run: Any, layer: str, seen: Sight) -> list[Row]:
    entries = [one for one in steps_of(session, run.bureau, run.run, layer) if one["step"] == FINAL]
    scores = Scores(session, run.bureau, run.cycle, run.run)
    rows = scores.of_layer(layer, [one["subject"] for one in entries])
    shown_rows = guarded(rows.values(), seen, scores.members()) if seen.shows(layer, SCORES) else ()
    finals = {row["subject"]: row["final"] for row in shown_rows}
    known = names(session, run.bureau, {code for row in rows.values() for code in (row["subject"], row["unit"])})
    return [
        {
            "place": one["place"],
            "subject": one["subject"],
            "name": known.get(one["subject"]),
            "unit": rows[one["subject"]]["unit"],
            "unit_name": known.get(rows[one["subject"]]["unit"]),
            "final": finals.get(one["subject"]),
        }
        for one in entries
    ]


def _grade(session: Session, run: Run, subject: str) -> Row | None:
    found = grade_of(session, run.bureau, run.run, subject)
    if found is None:
        return None
    known = names(session, run.bureau, {found["person"], found["unit"]})
    return {**found, "name": known.get(found["person"]), "unit_name": known.get(found["unit"])}


def _conversation(session: Session, run: Run, subject: str) -> Row | None:
    one = conversations(session, run.bureau).find(run.run, subject)
    return None if one is None else named(session, run.bureau, {"items": [asdict(one)]})["items"][0]


def _improvements(session: Session, run: Run, subject: str) -> list[Row]:
    page = measures_of(session, run.bureau, run.run, subject)
    found: list[Row] = named(session, run.bureau, {"items": page})["items"]
    return found
