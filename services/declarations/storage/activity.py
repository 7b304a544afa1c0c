"""已办: what everyone did, one row for each aggregate that a command of theirs changed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Result, Select, func, select
from sqlalchemy.orm import Session

from services.declarations.storage.bulk import codes, inserting_some
from services.declarations.storage.review_tables import deed
from shared.clock import bureau_date
from shared.database import Row
from shared.recording import write_last, write_now

d = deed.c


def add_deeds(session: Session, rows: Sequence[Row]) -> None:
    """Add deeds, with what the transaction records."""
    if rows:
        write_last(session, inserting_some(deed, tuple(rows[0]), (), "deeds"), "deeds", rows)


def arrivals(session: Session, bureau: str, cycle: str, ids: Iterable[str]) -> dict[tuple[str, str], date]:
    """Return (declaration, status) -> the day on which it last came to that status, other than by being taken back."""
    mine = (d.bureau == bureau, d.cycle == cycle, d.item.in_(codes(ids)), d.kind == "declaration")
    moved = (d.before.is_distinct_from(d.after), d.step.is_distinct_from("take_back"))
    statement = select(d.item, d.after, func.max(d.at).label("at")).where(*mine, *moved).group_by(d.item, d.after)
    return {(row.item, row.after): bureau_date(row.at) for row in _asked(session, statement)}


def left_by(session: Session, bureau: str, cycle: str, kind: str, items: Iterable[str], step: str) -> dict[str, str]:
    """Return item -> the status that it left when ``step`` was last taken."""
    mine = (d.bureau == bureau, d.cycle == cycle, d.kind == kind, d.item.in_(codes(items)), d.step == step)
    statement = select(d.item, d.before).where(*mine, d.before.is_not(None)).order_by(d.seq)
    return {row.item: row.before for row in _asked(session, statement)}


def moves_of(session: Session, bureau: str, cycles: Iterable[str], kind: str, items: Iterable[str]) -> list[Any]:
    """Return rows of item, step (null of old ones), before, after, person, reason: what was done to ``items``, the first first."""
    wanted = codes(items)
    mine = (d.bureau == bureau, d.cycle.in_(codes(cycles)), d.kind == kind, d.item.in_(wanted))
    statement = select(d.item, d.step, d.before, d.after, d.person, d.reason).where(*mine).order_by(d.seq)
    return list(_asked(session, statement)) if wanted else []


def steps_of(session: Session, bureau: str, cycle: str, kind: str, item: str) -> list[Row]:
    """Return what was done to one item, the first first."""
    columns = (d.step, d.before, d.after, d.person.label("by"), d.acted_for.label("for"), d.at, d.reason)
    mine = (d.bureau == bureau, d.cycle == cycle, d.item == item, d.kind == kind)
    return [dict(row) for row in _asked(session, select(*columns).where(*mine).order_by(d.seq)).mappings()]


def deeds_of(
    session: Session, bureau: str, cycle: str, person: str, *, before: int | None, limit: int, kind: str | None = None
) -> list[Row]:
    """Return the deeds, the newest first; ``before``: older than the deed of this number."""
    columns = (d.seq, d.at, d.kind, d.item, d.indicator, d.subject, d.period, d.before, d.after)
    statement = select(*columns).where(d.bureau == bureau, d.cycle == cycle, d.person == person)
    if kind is not None:
        statement = statement.where(d.kind == kind)
    if before is not None:
        statement = statement.where(d.seq < before)
    return [dict(row) for row in _asked(session, statement.order_by(d.seq.desc()).limit(limit)).mappings()]


def _asked(session: Session, statement: Select[Any]) -> Result[Any]:
    write_now(session)
    return session.execute(statement)
