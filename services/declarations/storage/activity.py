"""已办: what everyone did, one row for each aggregate that a command of theirs changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.storage.bulk import insert_rows
from services.declarations.storage.review_tables import deed

d = deed.c


def add_deeds(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    insert_rows(session, deed, rows)


def steps_of(session: Session, bureau: str, cycle: str, kind: str, item: str) -> list[dict[str, Any]]:
    """Return what was done to one item, the first first."""
    columns = (d.step, d.before, d.after, d.person.label("by"), d.acted_for.label("for"), d.at, d.reason)
    mine = (d.bureau == bureau, d.cycle == cycle, d.item == item, d.kind == kind)
    return [dict(row) for row in session.execute(select(*columns).where(*mine).order_by(d.seq)).mappings()]


def deeds_of(
    session: Session, bureau: str, cycle: str, person: str, *, before: int | None, limit: int, kind: str | None = None
) -> list[dict[str, Any]]:
    """Return the deeds, the newest first; ``before``: older than the deed of this number."""
    columns = (d.seq, d.at, d.kind, d.item, d.indicator, d.subject, d.period, d.before, d.after)
    statement = select(*columns).where(d.bureau == bureau, d.cycle == cycle, d.person == person)
    if kind is not None:
        statement = statement.where(d.kind == kind)
    if before is not None:
        statement = statement.where(d.seq < before)
    return [dict(row) for row in session.execute(statement.order_by(d.seq.desc()).limit(limit)).mappings()]
