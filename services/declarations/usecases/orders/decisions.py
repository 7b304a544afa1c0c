"""What those over a task order decide: insist on it, send it back, change its deadline, judge it, withdraw it. Never the subject's side."""

from services.declarations.domain import inquiries
from services.declarations.domain.order_permissions import check_over_order
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import Unit, who
from services.declarations.domain.words import Counts
from services.declarations.storage.aggregates import task_orders
from services.declarations.storage.inquiries import asked_about
from services.declarations.storage.library import indicators_by_code
from services.declarations.usecases.orders.steps import answer, moved, note
from services.declarations.usecases.transitions import Batch
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.task_orders import (
    ChosenOrder,
    ChosenOrders,
    JudgedOrder,
    JudgedOrders,
    PostponedOrder,
    PostponedOrders,
)
from shared.database import Row, Session


def insist_on_orders(session: Session, actor: Actor, command: ChosenOrders) -> Row:
    def insist(old: TaskOrder, entry: ChosenOrder, unit: Unit) -> TaskOrder:
        check_over_order(actor, old, unit)
        return old.insisted(note(actor, entry["note"]))

    return moved(session, actor, command, insist)


def send_back_orders(session: Session, actor: Actor, command: ChosenOrders) -> Row:
    def send_back(old: TaskOrder, entry: ChosenOrder, unit: Unit) -> TaskOrder:
        check_over_order(actor, old, unit)
        return old.sent_back(note(actor, entry["note"]))

    return moved(session, actor, command, send_back)


def postpone_orders(session: Session, actor: Actor, command: PostponedOrders) -> Row:
    """Postpone orders: each entry brings the new ``deadline`` and the reason as its note."""

    def postpone(old: TaskOrder, entry: PostponedOrder, unit: Unit) -> TaskOrder:
        check_over_order(actor, old, unit)
        return old.postponed(entry["deadline"], note(actor, entry["note"]))

    return moved(session, actor, command, postpone)


def withdraw_orders(session: Session, actor: Actor, command: ChosenOrders) -> Row:
    def withdraw(old: TaskOrder, entry: ChosenOrder, unit: Unit) -> TaskOrder:
        check_over_order(actor, old, unit)
        return old.withdrawn(note(actor, entry["note"]))

    return moved(session, actor, command, withdraw)


def judge_orders(session: Session, actor: Actor, command: JudgedOrders) -> Row:
    """Judge orders: each entry brings the ``counts`` that stand; what inquiries took off is added to them."""
    batch = Batch(session, actor, command["cycle"], command["orders"], command["mode"])
    store = task_orders(session, actor.bureau, command["cycle"])
    ordered = store.by_ids(entry["order"] for entry in command["orders"])
    library = indicators_by_code(session, actor.bureau, command["cycle"], {one.indicator for one in ordered.values()})
    asked = _Asked(session, actor.bureau, list(ordered))

    def judge(old: TaskOrder, entry: JudgedOrder, unit: Unit) -> TaskOrder:
        check_over_order(actor, old, unit)
        batch.cycle.periods[old.period].check_begun(today())
        asked.check_closed(old.order)
        library[old.indicator].check_counts(entry["counts"])
        counts = inquiries.with_deductions(entry["counts"], asked.deductions(old.order))
        return old.judged(counts, note(actor, entry["note"]), who(actor), today())

    done = batch.move(store, "task_order", "order", judge)
    return {**answer(done), **batch.left_out}


class _Asked:
    """What was asked about some orders, read while they are locked: nobody asks anything more meanwhile."""

    def __init__(self, session: Session, bureau: str, orders: list[str]) -> None:
        self._rows = asked_about(session, bureau, orders)

    def check_closed(self, order: str) -> None:
        still_open = any(row.status in inquiries.OPEN for row in self._rows if row.order == order)
        inquiries.check_no_open_inquiry(called_to_account=still_open)

    def deductions(self, order: str) -> list[Counts]:
        return [row.deduction for row in self._rows if row.order == order and row.deduction]
