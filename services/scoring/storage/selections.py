"""The steps from ranking to list, as they were taken."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services.scoring.domain.selection import Entry
from services.scoring.storage.run_tables import selection


def keep_steps(session: Session, bureau: str, run: str, entries: Sequence[Entry], by: str) -> None:
    rows = [{"bureau": bureau, "run": run, "by": by, **asdict(entry)} for entry in entries]
    if rows:
        session.execute(insert(selection), rows)


def steps_of(session: Session, bureau: str, run: str, layer: str) -> list[dict[str, Any]]:
    """Return entries of all steps taken so far, each step in its own order."""
    names = ("step", "subject", "place", "reason", "by")
    own = (selection.c.bureau == bureau, selection.c.run == run, selection.c.layer == layer)
    chosen = select(*(selection.c[name] for name in names)).where(*own)
    return [dict(row) for row in session.execute(chosen.order_by(selection.c.place, selection.c.subject)).mappings()]
