"""Contributions in pages, those of like titles, and what of them is settled."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session

from services.declarations.domain.sharing import Share
from services.declarations.storage.bulk import codes
from services.declarations.storage.paging import page_of
from services.declarations.storage.scopes import Condition, Scope, shared_by
from services.declarations.storage.tables import contribution
from shared.contracts.declarations.commands.contributions import ContributionQuery
from shared.database import Row

c = contribution.c
FILTERS = ("period", "unit", "status", "subject", "indicator", "contribution")
SORTS = ("subject", "indicator", "period", "status")
TITLED = ("contribution", "cycle", "period", "subject", "status", "title", "title_key")


def page_of_contributions(session: Session, scope: Scope, query: ContributionQuery, waiting: Condition) -> Row:
    """Return a page of those that the actor may see or has a share in."""
    statement = select(contribution).where(c.bureau == scope.actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(or_(scope.sees(contribution), shared_by(scope.own)))
    return page_of(session, statement.where(waiting), query, key=c.contribution, sorts=SORTS, filters=FILTERS)


def titles_of(session: Session, bureau: str, cycle: str) -> dict[str, Row]:
    """Return contribution -> ``TITLED`` of those of this cycle and the one before;
    rejected ones and partners' parts are left out."""
    before = select(func.max(c.cycle)).where(c.bureau == bureau, c.cycle < cycle).scalar_subquery()
    statement = select(*(c[name] for name in TITLED)).where(
        c.bureau == bureau, or_(c.cycle == cycle, c.cycle == before), c.status != "rejected", c.part_of.is_(None)
    )
    return {row["contribution"]: dict(row) for row in session.execute(statement).mappings()}


def shares_of(session: Session, bureau: str, ids: Iterable[str]) -> dict[str, list[Share]]:
    """Return contribution -> its shares, of those of several."""
    statement = select(c.contribution, c.shares).where(c.bureau == bureau, c.contribution.in_(codes(ids)))
    return {row.contribution: row.shares for row in session.execute(statement) if row.shares}


def parts_of(session: Session, bureau: str, cycle: str, wholes: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return whole -> its partners' settled parts with their revisions."""
    statement = select(c.part_of, c.contribution, c.revision).where(
        c.bureau == bureau, c.cycle == cycle, c.part_of.in_(codes(wholes)), c.status == "settled"
    )
    found: dict[str, dict[str, int]] = {}
    for row in session.execute(statement.order_by(c.contribution)):
        found.setdefault(row.part_of, {})[row.contribution] = row.revision
    return found


def settled_of(session: Session, bureau: str, cycle: str, pairs: Iterable[tuple[str, str]]) -> list[Any]:
    """Return rows of subject, indicator, counts: what is settled of each (subject, indicator)."""
    wanted = sorted(set(pairs))
    statement = select(c.subject, c.indicator, c.counts).where(
        c.bureau == bureau, c.cycle == cycle, c.status == "settled", tuple_(c.subject, c.indicator).in_(wanted)
    )
    return list(session.execute(statement)) if wanted else []
