"""Consents to be late as they are listed, and those that wait for an answer."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from services.declarations.domain.organisation import who
from services.declarations.storage.columns import told
from services.declarations.storage.review_tables import late_consent
from services.declarations.storage.scopes import Scope
from shared.contracts.declarations.commands.late_consents import LateConsentQuery
from shared.database import Row
from shared.pages import keyset

FILTERS = ("period", "unit", "status", "assessor", "subject", "indicator")
c = late_consent.c


def page_of_consents(session: Session, scope: Scope, query: LateConsentQuery) -> Row:
    """Return a page of what was asked and answered, as far as the actor may see it."""
    statement = select(*told(late_consent)).where(c.bureau == scope.actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(scope.sees(late_consent))
    narrowing: Mapping[str, Any] = query
    statement = statement.where(*(c[name] == narrowing[name] for name in FILTERS if name in narrowing))
    return keyset(session, statement, order=[c.consent], after=query["after"], limit=query["limit"])


def awaits_answer(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on ``late_consent``: asked for, and the actor's to answer (``check_consents``)."""
    answers = or_(*(and_(c.assessor.in_(one.assessing), c.subject.not_in(one.own)) for one in scope.powers))
    return and_(c.status == "asked", answers, not_(c.asked_by == who(scope.actor)))
