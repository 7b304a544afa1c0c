"""Task orders: issued to many at once, accepted or refused, reported on, reported complete."""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypedDict

from services.declarations.domain.cycles import Cycle
from services.declarations.domain.indicators import Indicator, check_suits, check_tool
from services.declarations.domain.items import TASK_ORDER
from services.declarations.domain.order_permissions import check_answers_order, check_takes_back_order
from services.declarations.domain.orders import Note, TaskOrder, check_deadline, check_points
from services.declarations.domain.organisation import Subject, Unit, who
from services.declarations.domain.permissions import check_issues, check_not_subject
from services.declarations.domain.ways_back import check_unused
from services.declarations.storage.activity import left_by
from services.declarations.storage.aggregates import task_orders
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.uses import uses_of
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.transitions import Batch, Entry
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import today
from shared.contracts.declarations.commands.task_orders import (
    ChosenOrder,
    ChosenOrders,
    NewOrder,
    NewOrders,
    ReportedOrder,
    ReportedOrders,
)
from shared.database import Row, Session
from shared.ids import new_id
from shared.vocabulary.refusals import invalid

LIMIT = 500  # orders of one batch, over all its subjects


class _Orders(TypedDict, Generic[Entry]):
    cycle: str
    mode: str
    orders: list[Entry]


def issue_orders(session: Session, actor: Actor, command: NewOrders) -> Row:
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries = [(order, subject) for order in command["orders"] for subject in order["subjects"]]
    if len(entries) > LIMIT:
        raise invalid("batch.too_long", f"一批最多 {LIMIT} 张任务单", f"at most {LIMIT} orders in one batch", "orders")
    library = indicators_by_code(
        session, actor.bureau, cycle.cycle, (order["indicator"] for order in command["orders"])
    )
    organisation = Organisation(session, actor.bureau, subjects=(subject for _, subject in entries))

    def issue(entry: tuple[NewOrder, str]) -> TaskOrder:
        order, subject = entry[0], organisation.subject(entry[1])
        return issued_order(actor, cycle, library[order["indicator"]], subject, order)

    issued = each_row(entries, issue)
    task_orders(session, actor.bureau, cycle.cycle).add(issued)
    record_changes(session, actor, [(one, None) for one in issued])
    return answer(issued)


def accept_orders(session: Session, actor: Actor, command: ChosenOrders) -> Row:
    def accept(old: TaskOrder, _entry: ChosenOrder, unit: Unit) -> TaskOrder:
        check_answers_order(actor, old, unit)
        return old.accepted()

    return moved(session, actor, command, accept)


def refuse_orders(session: Session, actor: Actor, command: ChosenOrders) -> Row:
    """Refuse orders, with a reason, each; whoever issued it insists or withdraws."""

    def refuse(old: TaskOrder, entry: ChosenOrder, unit: Unit) -> TaskOrder:
        check_answers_order(actor, old, unit)
        return old.refused(note(actor, entry["note"]))

    return moved(session, actor, command, refuse)


def note_progress(session: Session, actor: Actor, command: ReportedOrders) -> Row:
    def progress(old: TaskOrder, entry: ReportedOrder, unit: Unit) -> TaskOrder:
        check_answers_order(actor, old, unit)
        return old.progressed(note(actor, entry["note"]), entry.get("percent"), today())

    return moved(session, actor, command, progress)


def complete_orders(session: Session, actor: Actor, command: ChosenOrders) -> Row:
    def complete(old: TaskOrder, entry: ChosenOrder, unit: Unit) -> TaskOrder:
        check_answers_order(actor, old, unit)
        return old.completed(note(actor, entry["note"]), today())

    return moved(session, actor, command, complete)


def take_back_orders(session: Session, actor: Actor, command: ChosenOrders) -> Row:
    """Take back what one said of orders, each with its reason: that they are refused, or complete, or judged."""
    store = task_orders(session, actor.bureau, command["cycle"])
    locked = store.by_ids(entry["order"] for entry in command["orders"])
    judged = {name: one.revision for name, one in locked.items() if one.status == "judged"}
    uses = uses_of(session, actor.bureau, TASK_ORDER, judged)
    before = left_by(session, actor.bureau, command["cycle"], "order", judged, "judge")

    def take_back(old: TaskOrder, entry: ChosenOrder, unit: Unit) -> TaskOrder:
        check_takes_back_order(actor, old, unit)
        if old.status != "judged":
            return old.taken_back(note(actor, entry["note"]))
        found = before.get(old.order, "completed" if old.completed_on else "accepted")
        now = old.unjudged(note(actor, entry["note"]), found)
        check_unused(TASK_ORDER, uses[old.order])
        return now

    return moved(session, actor, command, take_back)


def moved(
    session: Session, actor: Actor, command: _Orders[Entry], decide: Callable[[TaskOrder, Entry, Unit], TaskOrder]
) -> Row:
    batch = Batch(session, actor, command["cycle"], command["orders"], command["mode"])
    done = batch.move(task_orders(session, actor.bureau, command["cycle"]), "task_order", "order", decide)
    return {**answer(done), **batch.left_out}


def note(actor: Actor, text: str) -> Note:
    on: date = today()
    return {"on": on.isoformat(), "by": who(actor), "text": text}


def answer(orders: list[TaskOrder]) -> Row:
    on = today()
    names = ("order", "revision", "indicator", "subject", "period", "status", "deadline", "percent", "counts")
    return {"orders": [{**{name: getattr(one, name) for name in names}, "overdue": one.overdue(on)} for one in orders]}


def issued_order(actor: Actor, cycle: Cycle, indicator: Indicator, subject: Subject, entry: NewOrder) -> TaskOrder:
    """Return the order that the actor issues to ``subject``; raises ``Refused`` where they may not or it does not suit."""
    check_tool(indicator, "accountability")
    check_suits(indicator, subject)
    check_points(entry.get("points"), indicator.full_points)
    check_deadline(entry["deadline"], today())
    assessor = indicator.assessor_for(subject.unit.unit)
    check_issues(actor, assessor)
    check_not_subject(actor, subject.code, subject.unit)
    return TaskOrder(
        bureau=actor.bureau,
        cycle=cycle.cycle,
        order=new_id(),
        revision=1,
        indicator=indicator.indicator,
        subject=subject.code,
        layer=subject.layer,
        period=cycle.period(entry["period"], indicator.frequency).code,
        unit=subject.unit.unit,
        assessor=assessor,
        status="issued",
        title=entry["title"],
        standard=entry["standard"],
        points=entry.get("points"),
        issued_on=today(),
        deadline=entry["deadline"],
        deadlines=[],
        percent=0,
        reported_on=None,
        notes=[],
        completed_on=None,
        counts={},
        origin="ordered",
        issued_by=who(actor),
        judged_by=None,
    )
