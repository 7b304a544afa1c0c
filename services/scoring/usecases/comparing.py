"""Two runs of a cycle, subject by subject: what a late correction, an appeal or another model changed."""

from typing import Any

from services.scoring.domain.differences import changed_subjects
from services.scoring.domain.permissions import Sight, detail_sight
from services.scoring.domain.run import PUBLISHED, Run
from services.scoring.storage.run_details import detail_of, points_of
from services.scoring.storage.run_store import Runs
from services.scoring.storage.scores import Scores
from services.scoring.usecases.guards import need_same_cycle
from services.scoring.usecases.naming import named
from shared.actor import Actor
from shared.contracts.scoring.commands.comparisons import ComparisonQuery
from shared.database import Session
from shared.vocabulary.refusals import missing

Row = dict[str, Any]


def compare_runs(session: Session, actor: Actor, query: ComparisonQuery) -> Row:
    """Compare two runs; ``query``: {"run", "against": an earlier run or None for the one before, "after", "limit"}.

    Whoever may not see everybody sees the changes of those he may see, of runs that were published.
    """
    run = Runs(session, actor.bureau).get(query["run"])
    earlier = Runs(session, actor.bureau).get(query["against"] or _previous(session, run))
    need_same_cycle(earlier.cycle, run.cycle)
    seen = detail_sight(actor)
    _need_published(seen, (earlier, run))
    rows = [
        {row["subject"]: row for row in Scores(session, actor.bureau, one.cycle, one.run).all()}
        for one in (earlier, run)
    ]
    points = tuple(points_of(session, actor.bureau, one.cycle, one.run) for one in (earlier, run))
    changed = changed_subjects(rows[0], rows[1], (points[0], points[1]))
    shown = [one for one in changed if seen.covers(one["subject"], one["unit"])]
    head = {"run": run.run, "against": earlier.run, "same_inputs": run.input_hash == earlier.input_hash}
    bureau = {"before": earlier.summary["score"], "after": run.summary["score"]}
    return {**head, "bureau_score": bureau, "changed": len(shown), **named(session, actor.bureau, _page(shown, query))}


def _previous(session: Session, run: Run) -> str:
    previous = detail_of(session, run.bureau, run.run).get("previous")
    if previous is None:
        raise missing("run.no_previous", "这是本年度的第一次核算", "this is the first run of its cycle")
    return str(previous)


def _need_published(seen: Sight, runs: tuple[Run, Run]) -> None:
    if not seen.everybody and any(run.status != PUBLISHED for run in runs):
        raise missing("run.unknown", "没有这次核算", "there is no such run")


def _page(changed: list[Row], query: ComparisonQuery) -> Row:
    """By the subject's code; the cursor is the last code shown."""
    left = [one for one in changed if query["after"] is None or one["subject"] > query["after"]]
    shown = left[: query["limit"]]
    return {"items": shown, "next": shown[-1]["subject"] if len(left) > len(shown) else None}
