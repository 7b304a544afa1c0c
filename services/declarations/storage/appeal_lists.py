"""Appeals in pages, and which of them the actor decides on."""

from datetime import date

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from services.declarations.domain.checking_permissions import is_decider
from services.declarations.domain.organisation import who
from services.declarations.storage.check_tables import appeal
from services.declarations.storage.paging import page_of
from services.declarations.storage.scopes import Condition, Scope
from services.declarations.storage.tables import person
from shared.actor import Actor
from shared.contracts.declarations.commands.appeals import AppealQuery
from shared.database import Row

c = appeal.c
FILTERS = ("status", "kind", "object", "subject", "unit", "appeal")
SORTS = ("due_on", "filed_on", "subject", "status")


def page_of_appeals(session: Session, scope: Scope, query: AppealQuery, on: date, waiting: Condition) -> Row:
    """Return a page of those the actor filed, may see, or decides on; ``overdue``
    restricts it to those due before ``on``."""
    actor = scope.actor
    statement = select(appeal).where(c.bureau == actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(or_(scope.sees(appeal), c.filed_by == who(actor), decides(actor, scope)))
    if query["overdue"]:
        statement = statement.where(c.status == "filed", c.due_on < on)
    return page_of(session, statement.where(waiting), query, key=c.appeal, sorts=SORTS, filters=FILTERS, due=c.due_on)


def decides(actor: Actor, scope: Scope) -> ColumnElement[bool]:
    """Return the condition on rows that ``check_decides_appeal`` lets the actor decide on."""
    if not is_decider(actor):
        return false()
    me, p = who(actor), person.c
    home = select(p.unit).where(p.bureau == actor.bureau, p.person == actor.person, p.active.is_(True))
    own = or_(
        c.subject.in_(scope.own),
        c.unit.in_(home),
        c.filed_by == me,
        func.jsonb_exists_any(c.involved, [me, actor.account]),
    )
    return ~own
