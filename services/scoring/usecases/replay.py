"""Tell the state of every run, improvement and reported problem again: for a taker that lost its copy (DESIGN law 5)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.scoring.domain.improvement import Improvement
from services.scoring.domain.runs import Run
from services.scoring.storage import result_tables, tables
from services.scoring.storage.visibility import publication_of
from services.scoring.usecases.improving import event_of
from services.scoring.usecases.run_states import run_state
from shared.actor import Actor
from shared.errors import Forbidden
from shared.events import ImprovementChanged, IndicatorProposed, ScoresPublished
from shared.recording import republish


def replay_state(session: Session, actor: Actor) -> dict[str, Any]:
    """All of all bureaus in one page: there are some tens of runs a year, and some hundreds of what follows them."""
    if not (actor.has("admin") or actor.account == "system"):
        raise Forbidden("replay.admin_only", zh="只有系统管理员可以重放", en="only the administrator may replay")
    rows = session.execute(select(tables.run).order_by(tables.run.c.run)).mappings()
    told: list[Any] = [*(_told(session, Run(**row)) for row in rows.all()), *_followed(session)]
    republish(session, told)
    return {"next": None, "sent": len(told)}


def _told(session: Session, run: Run) -> ScoresPublished:
    return run_state(run, publication_of(session, run.bureau, run.run), "replay")


def _followed(session: Session) -> Iterator[ImprovementChanged | IndicatorProposed]:
    measures, problems = result_tables.improvement, result_tables.indicator_problem
    for row in session.execute(select(measures).order_by(measures.c.improvement)).mappings():
        yield event_of(Improvement(**row), "replay")
    for row in session.execute(select(problems).order_by(problems.c.proposal)).mappings():
        yield IndicatorProposed(**row, by="replay")
