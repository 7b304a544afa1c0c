"""Scores as they are listed, of a run."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Numeric, Select, cast, delete, func, insert, or_, select, text
from sqlalchemy.orm import Session

from services.scoring.domain.frame import LAYERS
from services.scoring.domain.permissions import Sight, guarded
from services.scoring.domain.publication import FEWEST_MEMBERS, PERSON, RANKING, SCORES
from services.scoring.storage import tables
from shared.database import ensure_partition
from shared.pages import keyset
from shared.vocabulary.refusals import missing

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
            raise missing("score.unknown", "该对象不在考核范围内", "this subject is not scored")
        return dict(found.result)

    def all(self, layer: str | None = None) -> list[Row]:
        return [row.result for row in self.session.execute(self._of(layer))]

    def by_rank(self, layer: str, seen: Sight, unit: str | None, *, after: str | None, limit: int) -> dict[str, Any]:
        order = [tables.score.c.place, tables.score.c.subject]
        chosen = self._of(layer) if seen.shows(layer, RANKING) else self._seen(layer, seen)
        chosen = chosen.where(tables.score.c.place < UNRANKED)
        if unit:
            chosen = chosen.where(tables.score.c.unit == unit)
        page = _results(keyset(self.session, chosen, order=order, after=after, limit=limit))
        return self._as_far_as(page, seen)

    def by_code(self, layer: str | None, seen: Sight, *, after: str | None, limit: int) -> dict[str, Any]:
        order = [tables.score.c.subject]
        page = _results(keyset(self.session, self._seen(layer, seen), order=order, after=after, limit=limit))
        return self._as_far_as(page, seen)

    def of_layer(self, layer: str, subjects: Collection[str]) -> dict[str, Row]:
        chosen = self._of(layer).where(tables.score.c.subject.in_(subjects))
        return {row.subject: dict(row.result) for row in self.session.execute(chosen)}

    def means(self, layer: str, unit: str) -> dict[str, str | None]:
        """Return the means of the final scores of a layer, and of its part in ``unit``, where that
        is of some; two decimals, for comparison."""
        score, final = tables.score.c, cast(tables.score.c.result["final"].astext, Numeric)
        inside, number = func.avg(final).filter(score.unit == unit), func.count(final).filter(score.unit == unit)
        chosen = select(func.round(func.avg(final), 2), func.round(inside, 2), number)
        whole, part, members = self.session.execute(chosen.where(*self._own(), score.layer == layer)).one()
        return {"layer": _text(whole), "unit": _text(part) if members >= FEWEST_MEMBERS else None}

    def members(self) -> dict[str, int]:
        """Count how many persons each unit has."""
        unit = tables.score.c.unit
        chosen = (
            select(unit, func.count().label("number"))
            .where(*self._own(), tables.score.c.layer == PERSON)
            .group_by(unit)
        )
        return {row.unit: row.number for row in self.session.execute(chosen)}

    def _as_far_as(self, page: dict[str, Any], seen: Sight) -> dict[str, Any]:
        if seen.everybody:  # units are counted for those alone from whom something may be kept
            return page
        return {**page, "items": guarded(page["items"], seen, self.members())}

    def _of(self, layer: str | None) -> Select[Any]:
        return self._chosen() if layer is None else self._chosen().where(tables.score.c.layer == layer)

    def _seen(self, layer: str | None, seen: Sight) -> Select[Any]:
        if seen.everybody:
            return self._of(layer)
        public = [one for one in LAYERS if seen.shows(one, SCORES)]
        score = tables.score.c
        own = or_(score.subject == seen.person, score.unit.in_(seen.units), score.layer.in_(public))
        return self._of(layer).where(own)

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
    """Read steadily: all that this transaction reads, it reads as of one instant. To be called before anything else."""
    session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


def _results(page: dict[str, Any]) -> dict[str, Any]:
    return {**page, "items": [item["result"] for item in page["items"]]}


def _text(number: Any) -> str | None:
    return None if number is None else f"{number:f}"
