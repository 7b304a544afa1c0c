"""All temporary work of a subject and period: what was ordered, and what was done without an order. The form 临时工作考核表 is made of this."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.domain.temporary import CATEGORY, TOOL
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.order_tables import temporary_work
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import indicator, task_order
from shared.actor import Actor
from shared.clock import today
from shared.pages import keyset

w, o = temporary_work.c, task_order.c
FILTERS = ("subject", "period", "unit", "status", "indicator", "assessor")
ORDERED = ("subject", "period")
Query = dict[str, Any]


def list_works(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """A page of what was reported without an order."""
    statement = select(temporary_work).where(w.bureau == actor.bureau, w.cycle == query["cycle"])
    statement = statement.where(Scope.of(session, actor).sees(temporary_work))
    statement = statement.where(*(w[name] == query[name] for name in FILTERS if name in query))
    return keyset(session, statement, order=[w.work], after=query.get("after"), limit=query["limit"])


def list_temporary_work(session: Session, actor: Actor, query: Query) -> dict[str, Any]:
    """``query``: {"cycle", "subject", "period"?}. {"ordered": [...], "volunteered": [...]}, each with the points its counts give.

    An order withdrawn is left out; an order entered for work that nobody had ordered stands under ``volunteered`` only.
    """
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    scope = Scope.of(session, actor)
    temporary = select(indicator.c.indicator).where(
        indicator.c.bureau == actor.bureau,
        indicator.c.cycle == cycle.cycle,
        indicator.c.category == CATEGORY,
        indicator.c.tool == TOOL,
    )
    ordered = (
        select(task_order)
        .where(o.bureau == actor.bureau, o.cycle == cycle.cycle, o.indicator.in_(temporary), scope.sees(task_order))
        .where(o.origin == "ordered", o.status != "withdrawn")
        .where(*(o[name] == query[name] for name in ORDERED if name in query))
    )
    volunteered = (
        select(temporary_work)
        .where(w.bureau == actor.bureau, w.cycle == cycle.cycle, scope.sees(temporary_work))
        .where(*(w[name] == query[name] for name in ORDERED if name in query))
    )
    orders = [dict(row) for row in session.execute(ordered.order_by(o.period, o.deadline, o.order)).mappings()]
    works = [dict(row) for row in session.execute(volunteered.order_by(w.period, w.done_on, w.work)).mappings()]
    library = indicators_by_code(session, actor.bureau, cycle.cycle, {row["indicator"] for row in [*orders, *works]})

    def worth(row: dict[str, Any]) -> Any:
        return library[row["indicator"]].points(row["counts"], None, cycle.rounding) if row["counts"] else None

    on = today()
    return {
        "ordered": [
            {**row, "name": library[row["indicator"]].name, "earned": worth(row), "overdue": _overdue(row, on)}
            for row in orders
        ],
        "volunteered": [{**row, "name": library[row["indicator"]].name, "earned": worth(row)} for row in works],
    }


def _overdue(row: dict[str, Any], on: Any) -> bool:
    return bool((row["completed_on"] or on) > row["deadline"])
