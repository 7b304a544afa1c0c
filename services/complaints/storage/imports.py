"""Imports on their way: how far each came, what is wrong with which row, and the rows that still wait, sealed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.complaints.storage.tables import metadata
from shared.database import Row
from shared.pages import keyset

__all__ = ["Imports", "metadata"]

case_imports = Table(
    "case_imports",
    metadata,
    Column("bureau", String(20), primary_key=True),
    Column("job", String(36), primary_key=True),
    Column("dry_run", Boolean, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("done", Integer, nullable=False),  # rows
    Column("total", Integer, nullable=False),
    Column("registered", Integer, nullable=False),
    Column("known", Integer, nullable=False),  # were registered before
    Column("faulty", Integer, nullable=False),
    Column("faults", JSONB, nullable=False),  # the first of them
    Column("intake_unit", String(20), nullable=False),
    Column("actor", JSONB, nullable=False),
    Column("by", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("problem", JSONB),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
)
case_import_parts = Table(
    "case_import_parts",
    metadata,
    Column("bureau", String(20), primary_key=True),
    Column("job", String(36), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("sealed_by", Integer, nullable=False),  # the number of the key
)
_HIDDEN = ("bureau", "actor", "attempts")
_SHOWN = [column for column in case_imports.c if column.name not in _HIDDEN]
_OPEN = ("queued", "running")


@dataclass(frozen=True)
class Import:
    job: str
    dry_run: bool
    file_name: str
    total: int
    intake_unit: str
    actor: Row
    by: str
    created_at: datetime
    status: str = "queued"
    done: int = 0
    registered: int = 0
    known: int = 0
    faulty: int = 0
    faults: list[Row] = field(default_factory=list)
    attempts: int = 0
    problem: Row | None = None
    finished_at: datetime | None = None


class Imports:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def add(self, one: Import, parts: list[tuple[int, bytes]]) -> None:
        told = {name: value for name, value in vars(one).items() if value is not None}
        self._session.execute(insert(case_imports), [{"bureau": self._bureau, **told}])
        rows = [
            {"bureau": self._bureau, "job": one.job, "part": place, "sealed": sealed, "sealed_by": key}
            for place, (key, sealed) in enumerate(parts)
        ]
        self._session.execute(insert(case_import_parts), rows)

    def get(self, job: str) -> Import | None:
        found = self._session.execute(select(case_imports).filter_by(bureau=self._bureau, job=job)).mappings().first()
        return Import(**{name: value for name, value in found.items() if name != "bureau"}) if found else None

    def shown(self, job: str) -> Row | None:
        found = self._session.execute(select(*_SHOWN).filter_by(bureau=self._bureau, job=job)).mappings().first()
        return dict(found) if found else None

    def page(self, after: str | None, limit: int) -> Row:
        statement = select(*_SHOWN).filter_by(bureau=self._bureau)
        return keyset(self._session, statement, order=[case_imports.c.job], after=after, limit=limit, descending=True)

    def lock(self, job: str) -> Import | None:
        """Return the import where it is to be gone on with and no import of the bureau is gone on with by another."""
        taken = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
        if not self._session.execute(taken, {"name": f"complaints import {self._bureau}"}).scalar():
            return None
        found = self.get(job)
        return found if found and found.status in _OPEN else None

    def change(self, job: str, **changes: Any) -> None:
        self._session.execute(update(case_imports).filter_by(bureau=self._bureau, job=job).values(**changes))

    def next_part(self, job: str) -> Row | None:
        """Return the first part that waits."""
        own = select(case_import_parts).filter_by(bureau=self._bureau, job=job).order_by(case_import_parts.c.part)
        found = self._session.execute(own.limit(1)).mappings().first()
        return dict(found) if found else None

    def drop_parts(self, job: str, part: int | None = None) -> None:
        """Forget rows: one part that is done, or all of them."""
        which = {"bureau": self._bureau, "job": job, **({} if part is None else {"part": part})}
        self._session.execute(delete(case_import_parts).filter_by(**which))


def unfinished(session: Session) -> list[tuple[Row, str]]:
    """Return every bureau's imports that are not finished, the oldest first, each with in whose name it is done."""
    chosen = select(case_imports.c.actor, case_imports.c.job).where(case_imports.c.status.in_(_OPEN))
    return [(row.actor, row.job) for row in session.execute(chosen.order_by(case_imports.c.created_at))]
