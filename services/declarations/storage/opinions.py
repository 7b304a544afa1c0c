"""Opinions of the panel's members on contributions: one each."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.declarations.storage.tables import opinion

c = opinion.c


def add_opinions(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    session.execute(insert(opinion), rows)


def opinions_on(session: Session, bureau: str, ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """contribution -> its opinions: {"member", "agree", "note"}"""
    statement = select(c.contribution, c.member, c.agree, c.note).where(
        c.bureau == bureau, c.contribution.in_(sorted(set(ids)))
    )
    given: dict[str, list[dict[str, Any]]] = {}
    for row in session.execute(statement.order_by(c.member)):
        given.setdefault(row.contribution, []).append({"member": row.member, "agree": row.agree, "note": row.note})
    return given
