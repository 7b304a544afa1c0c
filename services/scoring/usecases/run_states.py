"""The state of a run, as the others are told it."""

from dataclasses import asdict
from typing import Any

from services.scoring.domain.publication import Publication
from services.scoring.domain.run import Run
from services.scoring.storage.projections import cycle_of
from services.scoring.storage.run_store import Runs
from services.scoring.usecases.guards import need_not_archived
from shared.actor import Actor
from shared.clock import bureau_date
from shared.database import Session
from shared.events import ScoresPublished
from shared.recording import record

Row = dict[str, Any]

NAMES = ("bureau", "cycle", "run", "revision", "status", "input_hash", "result_hash")


def run_state(run: Run, publication: Publication | None, by: str) -> ScoresPublished:
    """Return a run's state; ``publication``: None before there is one, and of
    runs published before there were settings."""
    day = bureau_date(run.published_at) if run.published_at else None
    return ScoresPublished(
        **{name: getattr(run, name) for name in NAMES},
        published_on=publication.published_on if publication else day,
        objections_until=publication.objections_until if publication else None,
        by=by,
    )


def run_to_change(session: Session, actor: Actor, code: str, *, lock: bool = False) -> Run:
    """Return the run; ``Refused`` where its cycle is archived, and with it everything that is said of its results."""
    run = Runs(session, actor.bureau).get(code, lock=lock)
    need_not_archived(cycle_of(session, run.bureau, run.cycle)["status"])
    return run


def saved(
    session: Session,
    actor: Actor,
    before: Run,
    after: Run,
    *,
    was: Publication | None = None,
    new: Publication | None = None,
) -> Row:
    """Save the run and tell others; ``was`` and ``new``: its publication before and after."""
    Runs(session, actor.bureau).save(after)
    told = run_state(after, new, actor.account)
    record(session, told, before=run_state(before, was, actor.account))
    return asdict(after)
