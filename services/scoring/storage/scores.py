"""Scores as they are listed, of a run."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, insert, or_, select, text
from sqlalchemy.orm import Session

from services.scoring.domain.permissions import Sight
from services.scoring.storage import tables
from shared.database import ensure_partition
from shared.errors import NotFound
from shared.pages import keyset

Row = dict[str, Any]
UNRANKED = 2**31 - 1


class Scores:
    """Scores of one run."""

    def __init__(self, session: Session, bureau: str, cycle: str, run: str) -> None:
        self.session = session
        self.owner = {"bureau": bureau, "cycle": cycle, "run": run}

    def replace(self, rows: Sequence[Row]) -> None:
        """Put ``rows`` (domain/results.py) in the place of whatever was there."""
        ensure_partition(self.session, tables.score, self.owner["cycle"])
        self.session.execute(delete(tables.score).where(*self._own()))
        if rows:
            self.session.execute(insert(tables.score), [self._stored(row) for row in rows])

    def get(self, subject: str) -> Row:
        found = self.session.execute(self._chosen().where(tables.score.c.subject == subject)).first()
        if found is None:
            raise NotFound("score.unknown", zh="该对象不在考核范围内", en="this subject is not scored")
        return dict(found.result)

    def all(self, layer: str | None = None) -> list[Row]:
        chosen = self._chosen() if layer is None else self._chosen().where(tables.score.c.layer == layer)
        return [row.result for row in self.session.execute(chosen)]

    def by_rank(self, layer: str, seen: Sight, *, after: str | None, limit: int) -> dict[str, Any]:
        order = [tables.score.c.place, tables.score.c.subject]
        chosen = self._seen(layer, seen).where(tables.score.c.place < UNRANKED)
        return _results(keyset(self.session, chosen, order=order, after=after, limit=limit))

    def by_code(self, layer: str | None, seen: Sight, *, after: str | None, limit: int) -> dict[str, Any]:
        order = [tables.score.c.subject]
        return _results(keyset(self.session, self._seen(layer, seen), order=order, after=after, limit=limit))

    def _seen(self, layer: str | None, seen: Sight) -> Select[Any]:
        chosen = self._chosen() if layer is None else self._chosen().where(tables.score.c.layer == layer)
        if seen.everybody:
            return chosen
        return chosen.where(or_(tables.score.c.subject == seen.person, tables.score.c.unit.in_(seen.units)))

    def _chosen(self) -> Select[Any]:
        score = tables.score
        return select(score.c.place, score.c.subject, score.c.result).where(*self._own())

    def _own(self) -> list[Any]:
        return [tables.score.c[name] == value for name, value in self.owner.items()]

    def _stored(self, row: Row) -> Row:
        place = UNRANKED if row["rank"] is None else row["rank"]
        own = {name: row[name] for name in ("subject", "layer", "unit")}
        return {**self.owner, **own, "place": place, "result": row}


def read_steadily(session: Session) -> None:
    """All that this transaction reads, it reads as of one instant. To be called before anything else."""
    session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


def _results(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "items": [item["result"] for item in page["items"]]}
