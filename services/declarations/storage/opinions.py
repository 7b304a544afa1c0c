"""Opinions of the panel's members on contributions: one each, or that the member is recused."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.declarations.storage.tables import opinion

c = opinion.c


def keep_opinions(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep the opinions; an interest that is declared later takes the place of the opinion given before."""
    statement = insert(opinion)
    changed = {name: statement.excluded[name] for name in ("agree", "recused", "note")}
    session.execute(statement.on_conflict_do_update(index_elements=[c.contribution, c.member], set_=changed), rows)


def opinions_on(session: Session, bureau: str, ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Return contribution -> its opinions: {"member", "agree", "recused", "note"}"""
    statement = select(c.contribution, c.member, c.agree, c.recused, c.note).where(
        c.bureau == bureau, c.contribution.in_(sorted(set(ids)))
    )
    given: dict[str, list[dict[str, Any]]] = {}
    for row in session.execute(statement.order_by(c.member)).mappings():
        given.setdefault(row["contribution"], []).append(
            {name: row[name] for name in ("member", "agree", "recused", "note")}
        )
    return given
