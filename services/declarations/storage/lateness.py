"""Who let declarations wait: what was decided late, and what still waits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services.declarations.domain.deadlines import WAITS_FOR
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import reads_everything
from services.declarations.storage.bulk import as_states, codes
from services.declarations.storage.columns import told
from services.declarations.storage.review_tables import lateness
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import declaration, task_order
from shared.actor import Actor
from shared.contracts.declarations.commands.lateness import LatenessQuery
from shared.database import Row
from shared.pages import keyset

FILTERS = ("person", "unit", "step", "period")
Query = Mapping[str, Any]
c, d = lateness.c, declaration.c


def page_of_lateness(session: Session, actor: Actor, query: LatenessQuery) -> Row:
    """Return a page of late decisions."""
    statement = select(*told(lateness)).where(*_mine(session, actor, query))
    order = [c.declaration, c.revision, c.person]
    return keyset(session, statement, order=order, after=query["after"], limit=query["limit"])


def counted_lateness(session: Session, actor: Actor, query: Query) -> Sequence[Any]:
    """Return how often each person of each unit took a step on one day that was due on another."""
    columns = (c.person, c.unit, c.step, c.due_on, c.done_on)
    counted = select(*columns, func.count().label("times")).where(*_mine(session, actor, query)).group_by(*columns)
    return session.execute(counted.order_by(*columns)).all()


def counted_waiting(session: Session, bureau: str, cycle: str, on: date) -> Sequence[Any]:
    """Return how many declarations lie beyond their day, by where they lie."""
    columns = (d.status, d.unit, d.assessor, d.verifier)
    statement = (
        select(*columns, func.count().label("times"), func.min(d.due_on).label("oldest"))
        .where(d.bureau == bureau, d.cycle == cycle, d.status.in_(list(WAITS_FOR)), d.due_on < on)
        .group_by(*columns)
        .order_by(*columns)
    )
    return session.execute(statement).all()


def declarations_lying(session: Session, bureau: str, cycle: str, ids: Iterable[str]) -> list[Declaration]:
    """Return those of the declarations that wait to be verified or assessed."""
    own = (d.bureau == bureau, d.cycle == cycle, d.declaration.in_(codes(ids)), d.status.in_(list(WAITS_FOR)))
    return as_states(Declaration, session.execute(select(declaration).where(*own)))


def orders_lying(session: Session, bureau: str, cycle: str, ids: Iterable[str]) -> list[TaskOrder]:
    """Return the task orders of these ids."""
    o = task_order.c
    own = (o.bureau == bureau, o.cycle == cycle, o.order.in_(codes(ids)))
    return as_states(TaskOrder, session.execute(select(task_order).where(*own)))


def _mine(session: Session, actor: Actor, query: Query) -> list[Any]:
    filters = [c[name] == query[name] for name in FILTERS if name in query]
    conditions = [c.bureau == actor.bureau, c.cycle == query["cycle"], *filters]
    if reads_everything(actor):
        return conditions
    return [*conditions, or_(c.person == who(actor), c.unit.in_(Scope.of(session, actor).headed))]
