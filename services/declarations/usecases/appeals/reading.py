"""Appeals as they are shown: one's own, those one decides on, all of them for whoever reads everything."""

from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from services.declarations.domain.organisation import who
from services.declarations.storage.check_tables import appeal
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import person
from shared.actor import Actor
from shared.clock import today
from shared.pages import keyset

c = appeal.c
FILTERS = ("status", "kind", "object", "subject", "unit")


def list_appeals(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """A page; ``overdue`` restricts it to those that should have been decided."""
    scope = Scope.of(session, actor)
    statement = select(appeal).where(c.bureau == actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(or_(scope.sees(appeal), c.filed_by == who(actor), decides(actor, scope)))
    statement = statement.where(*(c[name] == query[name] for name in FILTERS if name in query))
    if query["overdue"]:
        statement = statement.where(c.status == "filed", c.due_on < today())
    page = keyset(session, statement, order=[c.appeal], after=query.get("after"), limit=query["limit"])
    late = [{**one, "overdue": one["status"] == "filed" and one["due_on"] < today()} for one in page["items"]]
    return {**page, "items": late}


def decides(actor: Actor, scope: Scope) -> ColumnElement[bool]:
    """Rows that ``check_decides_appeal`` lets the actor decide on."""
    if not (actor.has("panel") or actor.has("leader")):
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
