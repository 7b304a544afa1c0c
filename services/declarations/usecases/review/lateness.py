"""Who let declarations wait beyond their day: what was decided late, and what still waits. A fact to look at, never a score."""

from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services.declarations.domain.deadlines import WAITS_FOR
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import reads_everything
from services.declarations.storage.columns import told
from services.declarations.storage.library import need_cycle
from services.declarations.storage.review_tables import lateness
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import declaration
from services.declarations.storage.timetables import Calendar
from shared.actor import Actor
from shared.clock import today
from shared.pages import keyset

Query = dict[str, Any]
FILTERS = ("person", "unit", "step", "period")
c, d = lateness.c, declaration.c


def list_lateness(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """A page of late decisions, each with its working days (null where no calendar tells them)."""
    calendar = Calendar(need_cycle(session, actor.bureau, query["cycle"]))
    statement = select(*told(lateness)).where(*_mine(session, actor, query))
    order = [c.declaration, c.revision, c.person]
    page = keyset(session, statement, order=order, after=query.get("after"), limit=query["limit"])
    return {**page, "items": [{**row, "days": calendar.count(row["due_on"], row["done_on"])} for row in page["items"]]}


def sum_lateness(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """By person, unit and step: how often and how many working days; and what waits now, by the unit it waits in."""
    calendar = Calendar(need_cycle(session, actor.bureau, query["cycle"]))
    columns = (c.person, c.unit, c.step, c.due_on, c.done_on)
    counted = select(*columns, func.count().label("times")).where(*_mine(session, actor, query)).group_by(*columns)
    sums: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in session.execute(counted.order_by(*columns)):
        one = sums.setdefault((row.unit, row.person, row.step), {"times": 0, "days": 0, "longest": 0, "uncounted": 0})
        _add(one, row.times, calendar.count(row.due_on, row.done_on))
    decided = [{"unit": unit, "person": person, "step": step, **one} for (unit, person, step), one in sums.items()]
    return {"decided": decided, "waiting": _waiting(session, actor, query["cycle"], calendar, today())}


def _add(one: dict[str, Any], times: int, days: int | None) -> None:
    one["times"] += times
    if days is None:
        one["uncounted"] += times
    else:
        one["days"] += times * days
        one["longest"] = max(one["longest"], days)


def _waiting(session: Session, actor: Actor, cycle: str, calendar: Calendar, on: date) -> list[dict[str, Any]]:
    if not reads_everything(actor):
        return []
    columns = (d.status, d.unit, d.assessor, d.verifier)
    statement = (
        select(*columns, func.count().label("times"), func.min(d.due_on).label("oldest"))
        .where(d.bureau == actor.bureau, d.cycle == cycle, d.status.in_(list(WAITS_FOR)), d.due_on < on)
        .group_by(*columns)
        .order_by(*columns)
    )
    return [
        {
            "step": WAITS_FOR[row.status],
            "unit": row.unit,
            "desk": row.assessor if row.status == "verified" else row.verifier,
            "times": row.times,
            "oldest": row.oldest,
            "days": calendar.count(row.oldest, on),
        }
        for row in session.execute(statement)
    ]


def _mine(session: Session, actor: Actor, query: Query) -> list[Any]:
    filters = [c[name] == query[name] for name in FILTERS if name in query]
    conditions = [c.bureau == actor.bureau, c.cycle == query["cycle"], *filters]
    if reads_everything(actor):
        return conditions
    return [*conditions, or_(c.person == who(actor), c.unit.in_(Scope.of(session, actor).headed))]
