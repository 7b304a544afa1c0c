"""Rows of files whose bytes lie in the gateway's store: one mechanism for every service that knows files (docs/decisions/0233, 1602).

A service has a table with the columns of ``StoredFile`` and ``reserved_at``, and whatever it knows of a file besides.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from shared.errors import Conflict
from shared.vocabulary.stored_files import StoredFile

HELD = ("awaited", "kept")
_PATIENCE = timedelta(days=1)  # far longer than any upload takes
_AT_ONCE = 20  # files cleared away with one upload
_MEMBERS = tuple(one.name for one in fields(StoredFile))


class StoredFiles:
    """Those of one bureau in ``table``."""

    def __init__(self, session: Session, bureau: str, table: Table) -> None:
        self._session, self._bureau, self._table = session, bureau, table

    def add(self, new: StoredFile, at: datetime, **more: Any) -> None:
        """Add a row; ``more``: what the service's table says besides."""
        self._session.execute(insert(self._table).values(**vars(new), reserved_at=at, **more))

    def change(self, now: StoredFile) -> None:
        c = self._table.c
        statement = update(self._table).where(c.evidence == now.evidence, c.revision == now.revision - 1)
        result = self._session.execute(statement.values(status=now.status, revision=now.revision))
        if result.rowcount != 1:  # type: ignore[attr-defined]
            raise Conflict("evidence.changed", zh="该材料已被同时修改，请重试", en="changed by someone else meanwhile")

    def some(self, ids: Iterable[str], *, lock: bool = False) -> dict[str, StoredFile]:
        c = self._table.c
        chosen = c.bureau == self._bureau, c.evidence.in_(sorted(set(ids)))
        statement = select(self._table).where(*chosen).order_by(c.evidence)
        found = self._files(statement.with_for_update() if lock else statement)
        return {one.evidence: one for one in found}

    def same_content(self, sha256: str) -> list[StoredFile]:
        """Return kept files with these bytes; locked, so that none of them is dropped before this transaction ends."""
        c = self._table.c
        statement = select(self._table).where(c.bureau == self._bureau, c.sha256 == sha256, c.status == "kept")
        return self._files(statement.order_by(c.evidence).with_for_update(read=True))

    def taken(self, cycle: str, owner: str) -> int:
        """Return bytes that ``owner`` holds; from here to the commit nobody else adds to them."""
        c = self._table.c
        self._session.execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:name))"),
            {"name": f"{self._table.name} {self._bureau} {owner}"},
        )
        held = select(func.coalesce(func.sum(c.size), 0)).where(c.bureau == self._bureau, c.cycle == cycle)
        return int(self._session.execute(held.where(c.owner == owner, c.status.in_(HELD))).scalar_one())

    def given_up(self, at: datetime) -> list[dict[str, str]]:
        """Give up what was awaited so long that it will not come any more, and return what is to be cleared away."""
        c = self._table.c
        overdue = (c.bureau == self._bureau, c.status == "awaited", c.reserved_at < at - _PATIENCE)
        self._session.execute(update(self._table).where(*overdue).values(status="dropped", revision=c.revision + 1))
        return self.to_clear()

    def to_clear(self) -> list[dict[str, str]]:
        """Return some dropped files whose bytes no other file needs, and the keys under which those lie."""
        c, other = self._table.c, self._table.alias()
        needed = select(other.c.evidence).where(other.c.stored_as == c.stored_as, other.c.status.in_(HELD))
        statement = select(c.evidence, c.stored_as).where(c.bureau == self._bureau, c.status == "dropped")
        rows = self._session.execute(statement.where(~needed.exists()).order_by(c.evidence).limit(_AT_ONCE))
        return [{"evidence": row.evidence, "stored_as": f"{self._bureau}/{row.stored_as}"} for row in rows]

    def forget(self, ids: Iterable[str]) -> int:
        """Remove the rows of what was dropped; nothing else."""
        c = self._table.c
        chosen = c.bureau == self._bureau, c.status == "dropped", c.evidence.in_(sorted(set(ids)))
        return int(self._session.execute(delete(self._table).where(*chosen)).rowcount)  # type: ignore[attr-defined]

    def _files(self, statement: Any) -> list[StoredFile]:
        rows = self._session.execute(statement).mappings()
        return [StoredFile(**{name: row[name] for name in _MEMBERS}) for row in rows]
