"""What is kept of a run beside its inputs: which run it follows, what it was checked against, the points of every item."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services.scoring.storage import tables
from services.scoring.storage.run_tables import run_detail, run_points
from shared.database import ensure_partition
from shared.jsontext import canonical, loads

Row = dict[str, Any]
Points = Mapping[str, Mapping[str, str | None]]  # subject -> indicator -> points


def newest_run(session: Session, bureau: str, cycle: str) -> str | None:
    """Return the run of the cycle that was frozen last."""
    run = tables.run
    chosen = select(run.c.run).where(run.c.bureau == bureau, run.c.cycle == cycle)
    return session.execute(chosen.order_by(run.c.frozen_at.desc(), run.c.run.desc()).limit(1)).scalar()


def keep_detail(session: Session, detail: Row, points: Points) -> None:
    """Keep the details and the points of a run; ``detail``: a row of ``run_detail``."""
    session.execute(insert(run_detail), [detail])
    ensure_partition(session, run_points, detail["cycle"])
    owner = {name: detail[name] for name in ("bureau", "cycle", "run")}
    rows = [{**owner, "subject": subject, "body": zlib.compress(canonical(own), 1)} for subject, own in points.items()]
    if rows:
        session.execute(insert(run_points), rows)


def detail_of(session: Session, bureau: str, run: str) -> Row:
    """Return the run's details; empty for a run that was frozen before details were kept."""
    chosen = select(run_detail).where(run_detail.c.bureau == bureau, run_detail.c.run == run)
    found = session.execute(chosen).mappings().first()
    return dict(found) if found else {}


def page_of_points(session: Session, bureau: str, cycle: str, run: str, subjects: Sequence[str]) -> dict[str, Row]:
    """Return a page for some subjects: subject -> indicator -> points."""
    own = (run_points.c.bureau == bureau, run_points.c.cycle == cycle, run_points.c.run == run)
    rows = session.execute(
        select(run_points.c.subject, run_points.c.body).where(*own, run_points.c.subject.in_(subjects))
    )
    return {row.subject: loads(zlib.decompress(row.body)) for row in rows}


def points_of(session: Session, bureau: str, cycle: str, run: str) -> dict[str, Row]:
    """Return subject -> indicator -> points; empty for a run that was frozen before they were kept."""
    own = (run_points.c.bureau == bureau, run_points.c.cycle == cycle, run_points.c.run == run)
    rows = session.execute(select(run_points.c.subject, run_points.c.body).where(*own))
    return {row.subject: loads(zlib.decompress(row.body)) for row in rows}
