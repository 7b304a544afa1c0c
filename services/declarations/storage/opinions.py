"""Opinions of the panel's members on contributions: one each, or that the member is recused."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.declarations.domain.contribution_choices import KeptOpinion, Opinion
from services.declarations.storage.tables import opinion

c = opinion.c


def keep_opinions(session: Session, rows: Sequence[KeptOpinion]) -> None:
    """Keep the opinions; an interest that is declared later takes the place of the opinion given before."""
    statement = insert(opinion)
    changed = {name: statement.excluded[name] for name in ("agree", "recused", "note")}
    session.execute(statement.on_conflict_do_update(index_elements=[c.contribution, c.member], set_=changed), rows)


def opinions_on(session: Session, bureau: str, ids: Iterable[str]) -> dict[str, list[Opinion]]:
    """Return contribution -> its opinions."""
    statement = select(c.contribution, c.member, c.agree, c.recused, c.note).where(
        c.bureau == bureau, c.contribution.in_(sorted(set(ids)))
    )
    given: dict[str, list[Opinion]] = {}
    for row in session.execute(statement.order_by(c.member)):
        said: Opinion = {"member": row.member, "agree": row.agree, "recused": row.recused, "note": row.note}
        given.setdefault(row.contribution, []).append(said)
    return given
