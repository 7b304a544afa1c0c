"""Rank → nominate within the quota → strike vetoes → the panel's choice among the tied → final order: each step kept and shown."""

from collections.abc import Mapping
from typing import Any

from services.scoring.domain.frame import LAYERS
from services.scoring.domain.permissions import sight
from services.scoring.domain.publication import LIST, SCORES
from services.scoring.domain.run import Run
from services.scoring.domain.selection import FINAL, STEPS, final_steps, first_steps
from services.scoring.storage.projections import names
from services.scoring.storage.run_store import Runs
from services.scoring.storage.scores import Scores
from services.scoring.storage.selections import keep_steps, steps_of
from services.scoring.storage.visibility import visible_of
from services.scoring.usecases.guards import as_one, need
from shared.actor import Actor
from shared.contracts.scoring.commands.selections import SelectionQuery
from shared.database import Session

Row = dict[str, Any]
Chosen = Mapping[str, Mapping[str, str]]  # layer -> subject -> reason


def keep_first_steps(session: Session, actor: Actor, run: Run, rows: list[Row]) -> None:
    """Keep the steps that come with the freezing: who the ranking nominates, who is
    struck and why, who is tied at the edge."""
    keep_steps(session, run.bureau, run.run, first_steps(rows, run.summary["quota"]), actor.account)


def keep_final_steps(session: Session, actor: Actor, run: Run, chosen: Chosen) -> None:
    """Keep the steps that come with the panel's approval: whom it chose among the
    tied, and the final order of every layer."""
    scores = Scores(session, run.bureau, run.cycle, run.run)
    for layer in LAYERS:
        rows = [row for row in scores.all(layer) if row["nominated"] or row["tied"]]
        with as_one("selection.invalid", f"chosen.{layer}"):
            entries = final_steps(rows, run.summary["quota"][layer], chosen.get(layer, {}))
        keep_steps(session, run.bureau, run.run, entries, actor.account)


def list_selection(session: Session, actor: Actor, query: SelectionQuery) -> Row:
    """List the steps of a layer, in their order; others than those who watch runs see of it what was published."""
    run = Runs(session, actor.bureau).get(query["run"])
    layer, seen = query["layer"], sight(actor, visible_of(session, run))
    need(seen.shows(layer, LIST))
    shown = STEPS if seen.shows(layer, SCORES) else (FINAL,)
    entries = [one for one in steps_of(session, actor.bureau, run.run, layer) if one["step"] in shown]
    known = names(session, actor.bureau, {one["subject"] for one in entries})
    named = [{**one, "name": known.get(one["subject"])} for one in entries]
    steps = [{"step": step, "entries": [_shown(one) for one in named if one["step"] == step]} for step in shown]
    return {"run": run.run, "layer": layer, "status": run.status, "quota": run.summary["quota"][layer], "steps": steps}


def _shown(entry: Row) -> Row:
    return {name: entry[name] for name in ("subject", "name", "place", "reason", "by")}
