"""Self-scores beside what was assessed, taken with the declarations; read for the comparison of the two."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.scoring.domain.dossier import JUDGED
from services.scoring.storage.plain import plain
from services.scoring.storage.run_tables import self_score
from services.scoring.storage.tables import fact
from shared.database import upsert_newer_last
from shared.events import DeclarationChanged

NAMES = ("bureau", "cycle", "declaration", "revision", "indicator", "subject", "status", "verified_by", "assessed_by")


def keep_self_scores(session: Session, states: Sequence[DeclarationChanged]) -> None:
    """Keep the self scores. The partitions of the states' cycles are there (``ensure_partitions``)."""
    rows = [{**{name: getattr(one, name) for name in NAMES}, **_points(one)} for one in states]
    upsert_newer_last(session, self_score, rows, key=("bureau", "cycle", "declaration"))


def assessed(session: Session, bureau: str, cycle: str) -> Iterator[Any]:
    """Yield rows of assessed declarations: subject, indicator, self_points, points, assessed_by."""
    c = self_score.c
    names = (c.subject, c.indicator, c.self_points, c.points, c.assessed_by)
    own = (c.bureau == bureau, c.cycle == cycle, c.status.in_(JUDGED["declaration"]), c.assessed_by.is_not(None))
    yield from session.execute(select(*names).where(*own))


def declared_by(session: Session, bureau: str, cycle: str, indicators: Collection[str]) -> dict[str, int]:
    """Return indicator -> how many subjects have declared it at least once, whatever became of it."""
    own = (
        fact.c.bureau == bureau,
        fact.c.cycle == cycle,
        fact.c.kind == "declaration",
        fact.c.indicator.in_(indicators),
    )
    chosen = select(fact.c.indicator, func.count(fact.c.subject.distinct())).where(*own, fact.c.status != "draft")
    return {row[0]: row[1] for row in session.execute(chosen.group_by(fact.c.indicator))}


def _points(one: DeclarationChanged) -> dict[str, Any]:
    return {"self_points": plain(one.self_points), "points": plain(one.points)}
