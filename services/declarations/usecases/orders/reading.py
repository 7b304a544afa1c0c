"""Task orders as they are shown, each with what the reader may do with it."""

from collections.abc import Sequence
from datetime import date

from services.declarations.domain.inquiries import OPEN
from services.declarations.domain.items import TASK_ORDER
from services.declarations.domain.order_choices import order_choices
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.ways_back import UNUSED
from services.declarations.storage import inbox_steps as waiting
from services.declarations.storage.inquiries import asked_about
from services.declarations.storage.library import find_cycle, need_cycle, with_targets
from services.declarations.storage.naming import with_names
from services.declarations.storage.scopes import Scope
from services.declarations.storage.task_orders import page_of_orders
from services.declarations.storage.uses import uses_of
from services.declarations.usecases.steps import one_with_steps
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.task_orders import OneOrder, OrderQuery
from shared.database import Row, Session

PEOPLE = ("assessor", "issued_by", "judged_by")


def list_orders(session: Session, actor: Actor, query: OrderQuery) -> Row:
    """Return a page of the orders that the actor may see; ``overdue`` is computed for today.

    ``risk``: "overdue", or "at_risk": open, due within ``within`` working days, and behind its time or without a report
    for ``silent`` working days. ``waiting``: only those in which the actor may take that step now.
    """
    on, scope = today(), Scope.of(session, actor)
    cycle = find_cycle(session, actor.bureau, query["cycle"])
    mine = waiting.asked(
        query.get("waiting"), lambda step: waiting.orders(step, scope, on), open_=bool(cycle and cycle.is_open)
    )
    page = page_of_orders(session, scope, query, on, mine)
    return {**page, "items": shown_orders(session, scope, page["items"], on)}


def get_order(session: Session, actor: Actor, query: OneOrder) -> Row:
    """Return one order that the actor may see, with its steps."""
    return one_with_steps(session, actor, query, list_orders, "order", "task_order")


def shown_orders(session: Session, scope: Scope, rows: Sequence[Row], on: date) -> list[Row]:
    """Return orders of one cycle with names, the target claimed, whether they are overdue, and what the reader may do."""
    if not rows:
        return []
    cycle = need_cycle(session, scope.actor.bureau, rows[0]["cycle"])
    asked = asked_about(session, scope.actor.bureau, [row["order"] for row in rows])
    called = {row.order for row in asked if row.status in OPEN}
    judged = {row["order"]: row["revision"] for row in rows if row["status"] == "judged"}
    uses = uses_of(session, scope.actor.bureau, TASK_ORDER, judged)
    shown = []
    for row in rows:
        one = TaskOrder(**row)
        unit, account = scope.units[one.unit], one.order in called
        use = uses.get(one.order, UNUSED)
        may = order_choices(scope.actor, one, unit, on, cycle.check_open, called_to_account=account, use=use)
        shown.append({**row, "overdue": one.overdue(on), **may})
    shown = with_targets(session, scope.actor.bureau, cycle.cycle, shown)
    return with_names(session, scope.actor.bureau, shown, *PEOPLE)
