"""Vetoes in pages."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import veto
from shared.pages import keyset

c = veto.c
FILTERS = ("status", "subject", "indicator")


def page_of_vetoes(session: Session, scope: Scope, query: dict[str, Any]) -> dict[str, Any]:
    """Return a page of those that the actor may see."""
    statement = select(veto).where(c.bureau == scope.actor.bureau, c.cycle == query["cycle"], scope.sees(veto))
    statement = statement.where(*(c[name] == query[name] for name in FILTERS if name in query))
    return keyset(session, statement, order=[c.veto], after=query.get("after"), limit=query["limit"])
