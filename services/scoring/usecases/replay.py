"""Tell the state of every run again: for a taker that lost its copy (DESIGN law 5)."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.scoring.domain.runs import Run
from services.scoring.storage import tables
from shared.actor import Actor
from shared.errors import Forbidden
from shared.events import ScoresPublished
from shared.recording import republish


def replay_state(session: Session, actor: Actor) -> dict[str, Any]:
    """All runs of all bureaus in one page: there are some tens of them a year."""
    if not (actor.has("admin") or actor.account == "system"):
        raise Forbidden("replay.admin_only", zh="只有系统管理员可以重放", en="only the administrator may replay")
    rows = session.execute(select(tables.run).order_by(tables.run.c.run)).mappings()
    told = [_told(Run(**row)) for row in rows]
    republish(session, told)
    return {"next": None, "sent": len(told)}


def _told(run: Run) -> ScoresPublished:
    states = asdict(run)
    names = ("bureau", "cycle", "run", "revision", "status", "input_hash", "result_hash")
    return ScoresPublished(**{name: states[name] for name in names}, by="replay")
