"""What the centre writes for all: counterfeits and answers, each with every text that stood there before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.storage.bigrams import holding, overlapping
from services.complaints.storage.knowledge_tables import entries, entry_revisions
from shared.database import Row
from shared.pages import asked, keyset

_CANDIDATES = 50


class Entries:
    """Entries of one ``kind``: counterfeit, knowledge."""

    def __init__(self, session: Session, bureau: str, kind: str) -> None:
        self._session = session
        self._bureau = bureau
        self._kind = kind
        self._own = [entries.c.bureau == bureau, entries.c.kind == kind]

    def get(self, entry: str, *, lock: bool = False) -> Row | None:
        own = select(entries).where(*self._own, entries.c.entry == entry)
        row = self._session.execute(own.with_for_update() if lock else own).mappings().first()
        return dict(row) if row else None

    def revisions(self, entry: str) -> list[Row]:
        c = entry_revisions.c
        own = select(entry_revisions).where(c.bureau == self._bureau, c.entry == entry).order_by(c.revision)
        return [dict(row) for row in self._session.execute(own).mappings()]

    def save(self, row: Mapping[str, Any], why: str) -> None:
        """Insert or replace an entry, and keep its text among the revisions. A contact is kept as it is now alone."""
        told = {**row, "bureau": self._bureau, "kind": self._kind}
        statement = insert(entries).values(told)
        changed = {name: told[name] for name in told if name not in ("bureau", "entry")}
        self._session.execute(statement.on_conflict_do_update(index_elements=["bureau", "entry"], set_=changed))
        kept = {name: told[name] for name in ("bureau", "entry", "revision", "title", "body", "kept_at", "kept_by")}
        self._session.execute(insert(entry_revisions).values(**kept, why=why))

    def page(self, query: Mapping[str, Any], on: date, **body: str | None) -> Row:
        """Return one page of those that hold ``on`` a day, or of those that do not; ``body``: members that must be so."""
        wanted = [entries.c.body[name].astext == value for name, value in body.items() if value is not None]
        there = holds(on)
        statement = select(entries).where(
            *self._own,
            *wanted,
            ~there if query["withdrawn"] else there,
            *holding(query["q"] or "", func.complaints.bigrams(entries.c.searched), entries.c.searched),
        )
        order = asked(query, {"title": entries.c.title}, [entries.c.title, entries.c.entry])
        return keyset(self._session, statement, **order)

    def alike(self, pairs: Sequence[str], on: date) -> list[Row]:
        """Return those that share the most of ``pairs``, by the index alone; who asks judges how well they fit."""
        if not pairs:
            return []
        grams = func.complaints.bigrams(entries.c.searched)
        shared = select(func.count()).select_from(
            select(func.unnest(grams)).intersect(select(func.unnest(overlapping(list(pairs))))).subquery()
        )
        chosen = select(entries).where(*self._own, holds(on), grams.op("&&", is_comparison=True)(overlapping([*pairs])))
        rows = self._session.execute(
            chosen.order_by(shared.scalar_subquery().desc(), entries.c.entry).limit(_CANDIDATES)
        )
        return [dict(row) for row in rows.mappings()]


def holds(on: date) -> ColumnElement[bool]:
    """Return the condition that an entry holds on a day."""
    until = or_(entries.c.valid_until.is_(None), entries.c.valid_until >= on)
    return ~entries.c.withdrawn & until
