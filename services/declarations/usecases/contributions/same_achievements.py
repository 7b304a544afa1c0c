"""The same achievement declared twice, by two people, in two periods or in two years: pointed out to whoever declares, screens or settles it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services.declarations.domain.likeness import Titles
from services.declarations.storage.tables import contribution

c = contribution.c
Alike = list[dict[str, Any]]


def like_titles(session: Session, bureau: str, cycle: str, keys: Mapping[str, str]) -> dict[str, Alike]:
    """contribution -> others of this cycle and the one before whose title is the same or alike (``likeness`` in percent).

    Rejected ones are left out, and so are the parts of one shared achievement, whose titles are the same by nature.
    """
    before = select(func.max(c.cycle)).where(c.bureau == bureau, c.cycle < cycle).scalar_subquery()
    statement = select(c.contribution, c.cycle, c.period, c.subject, c.status, c.title, c.title_key).where(
        c.bureau == bureau, or_(c.cycle == cycle, c.cycle == before), c.status != "rejected", c.part_of.is_(None)
    )
    known = {row["contribution"]: row for row in session.execute(statement).mappings()}
    titles = Titles({name: row["title_key"] for name, row in known.items()})
    shown = ("contribution", "cycle", "period", "subject", "status", "title")
    return {
        one: [
            {**{field: known[name][field] for field in shown}, "likeness": likeness}
            for name, likeness in titles.like(key, besides=[one])
        ]
        for one, key in keys.items()
    }
