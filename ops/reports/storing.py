"""Published runs as parquet files, one of scores and one of points for each, in folders by bureau and cycle. Nothing is held whole."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from gateway.paper.tables import write_parquet
from services.scoring.domain.run import PUBLISHED
from services.scoring.storage.run_tables import run_points
from services.scoring.storage.tables import run as run_table
from services.scoring.storage.tables import score
from shared.jsontext import loads

Row = dict[str, Any]
AT_ONCE = 1000  # rows that the database sends at a time
SCORES = {
    **dict.fromkeys(("run", "subject", "layer", "unit", "line"), "text"),
    "rank": "whole",
    "final": "d2",
    "layer_score": "d2",
    "commended": "yes",
}
POINTS = {**dict.fromkeys(("run", "subject", "indicator"), "text"), "points": "d2"}


def newest_published(session: Session) -> list[Row]:
    """Return the run that was published last of each bureau and cycle."""
    c = run_table.c
    chosen = select(c.bureau, c.cycle, c.run).where(c.status == PUBLISHED).ext(distinct_on(c.bureau, c.cycle))
    order = (c.bureau, c.cycle, c.published_at.desc(), c.run.desc())
    return [dict(row) for row in session.execute(chosen.order_by(*order)).mappings()]


def store(session: Session, folder: Path, run: Row, memory: str) -> tuple[int, int]:
    """Store a published run; files of another run of the same bureau and cycle are
    replaced: a report counts each year once."""
    return (
        _write(folder / "scores", run, SCORES, _scores(session, run), memory),
        _write(folder / "points", run, POINTS, _points(session, run), memory),
    )


def _write(folder: Path, run: Row, columns: dict[str, str], rows: Iterator[Row], memory: str) -> int:
    own = folder / f"bureau={run['bureau']}" / f"cycle={run['cycle']}"
    own.mkdir(parents=True, exist_ok=True)
    fresh = own / f"{run['run']}.new"
    count = write_parquet(fresh, columns, rows, memory=memory)
    for old in own.glob("*.parquet"):
        old.unlink()
    fresh.rename(own / f"{run['run']}.parquet")
    return count


def _scores(session: Session, run: Row) -> Iterator[Row]:
    own = [score.c[name] == run[name] for name in ("bureau", "cycle", "run")]
    for row in _streamed(session, select(score.c.result).where(*own).order_by(score.c.subject)):
        yield {"run": run["run"], **row.result}


def _points(session: Session, run: Row) -> Iterator[Row]:
    c = run_points.c
    own = [c[name] == run[name] for name in ("bureau", "cycle", "run")]
    for row in _streamed(session, select(c.subject, c.body).where(*own).order_by(c.subject)):
        for indicator, points in loads(zlib.decompress(row.body)).items():
            yield {"run": run["run"], "subject": row.subject, "indicator": indicator, "points": points}


def _streamed(session: Session, chosen: Any) -> Iterator[Any]:
    return iter(session.execute(chosen.execution_options(yield_per=AT_ONCE)))
