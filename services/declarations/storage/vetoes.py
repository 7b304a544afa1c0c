"""Vetoes in pages."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.storage.paging import page_of
from services.declarations.storage.scopes import Condition, Scope
from services.declarations.storage.tables import veto
from shared.contracts.declarations.commands.vetoes import VetoQuery
from shared.database import Row

c = veto.c
FILTERS = ("status", "subject", "indicator")
SORTS = ("subject", "indicator", "status")


def page_of_vetoes(session: Session, scope: Scope, query: VetoQuery, waiting: Condition) -> Row:
    """Return a page of those that the actor may see."""
    statement = select(veto).where(c.bureau == scope.actor.bureau, c.cycle == query["cycle"], scope.sees(veto))
    return page_of(session, statement.where(waiting), query, key=c.veto, sorts=SORTS, filters=FILTERS)
