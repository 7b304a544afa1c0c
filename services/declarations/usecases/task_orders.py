"""Task orders: issue to many, answer, judge, withdraw."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.declarations.domain.cycles import Cycle
from services.declarations.domain.indicators import Indicator, check_suits, check_tool
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import Subject, Unit, check_answers_for, who
from services.declarations.domain.permissions import check_issues, check_not_subject
from services.declarations.domain.refusals import invalid
from services.declarations.storage.aggregates import task_orders
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import task_order
from services.declarations.usecases.batches import each_row
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.moving import Batch, Entry
from shared.actor import Actor
from shared.clock import today
from shared.ids import new_id
from shared.pages import keyset

Command = dict[str, Any]
FILTERS = ("period", "unit", "status", "assessor", "subject", "indicator")
LIMIT = 500  # orders of one batch, over all its subjects


def issue_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """``command``: {"cycle", "orders": [{"indicator", "period", "title", "standard", "deadline", "subjects": [...]}]}."""
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries = [{**order, "subject": subject} for order in command["orders"] for subject in order["subjects"]]
    if len(entries) > LIMIT:
        raise invalid("batch.too_long", f"一批最多 {LIMIT} 张任务单", f"at most {LIMIT} orders in one batch", "orders")
    library = indicators_by_code(session, actor.bureau, cycle.cycle, (entry["indicator"] for entry in entries))
    organisation = Organisation(session, actor.bureau, subjects=(entry["subject"] for entry in entries))

    def issue(entry: Entry) -> TaskOrder:
        subject = organisation.subject(entry["subject"])
        return _issued(actor, cycle, library[entry["indicator"]], subject, entry)

    issued = each_row(entries, issue)
    task_orders(session, actor.bureau, cycle.cycle).add(issued)
    record_changes(session, actor, [(one, None) for one in issued])
    return _answer(issued)


def accept_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    def accept(old: TaskOrder, _entry: Entry, unit: Unit) -> TaskOrder:
        _check_answers(actor, old, unit)
        return old.accepted()

    return _moved(session, actor, command, accept)


def note_progress(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    def progress(old: TaskOrder, entry: Entry, unit: Unit) -> TaskOrder:
        _check_answers(actor, old, unit)
        return old.progressed(_note(actor, entry))

    return _moved(session, actor, command, progress)


def complete_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    def complete(old: TaskOrder, entry: Entry, unit: Unit) -> TaskOrder:
        _check_answers(actor, old, unit)
        return old.completed(_note(actor, entry), today())

    return _moved(session, actor, command, complete)


def judge_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """Each entry brings the ``counts`` that stand; the subject's side never judges."""
    batch = Batch(session, actor, command["cycle"], command["orders"])
    store = task_orders(session, actor.bureau, command["cycle"])
    ordered = store.by_ids(entry["order"] for entry in command["orders"])
    library = indicators_by_code(session, actor.bureau, command["cycle"], {one.indicator for one in ordered.values()})

    def judge(old: TaskOrder, entry: Entry, unit: Unit) -> TaskOrder:
        _check_issuer(actor, old, unit)
        library[old.indicator].check_counts(entry["counts"])
        return old.judged(entry["counts"], _note(actor, entry), who(actor), today())

    return _answer(batch.move(store, "task_order", "order", judge))


def withdraw_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    def withdraw(old: TaskOrder, entry: Entry, unit: Unit) -> TaskOrder:
        _check_issuer(actor, old, unit)
        return old.withdrawn(_note(actor, entry))

    return _moved(session, actor, command, withdraw)


def list_orders(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """A page of the orders that the actor may see; ``overdue`` is computed for today."""
    c = task_order.c
    statement = select(task_order).where(c.bureau == actor.bureau, c.cycle == query["cycle"])
    statement = statement.where(Scope.of(session, actor).sees(task_order))
    statement = statement.where(*(c[name] == query[name] for name in FILTERS if name in query))
    page = keyset(session, statement, order=[c.order], after=query.get("after"), limit=query["limit"])
    on = today()
    return {**page, "items": [{**row, "overdue": TaskOrder(**row).overdue(on)} for row in page["items"]]}


def _moved(session: Session, actor: Actor, command: Command, decide: Any) -> dict[str, Any]:
    batch = Batch(session, actor, command["cycle"], command["orders"])
    return _answer(batch.move(task_orders(session, actor.bureau, command["cycle"]), "task_order", "order", decide))


def _issued(actor: Actor, cycle: Cycle, indicator: Indicator, subject: Subject, entry: Entry) -> TaskOrder:
    check_tool(indicator, "accountability")
    check_suits(indicator, subject)
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
        deadline=entry["deadline"],
        notes=[],
        completed_on=None,
        counts={},
        issued_by=who(actor),
        judged_by=None,
    )


def _check_answers(actor: Actor, order: TaskOrder, unit: Unit) -> None:
    check_answers_for(actor, Subject(order.subject, order.layer, unit.line, unit))


def _check_issuer(actor: Actor, order: TaskOrder, unit: Unit) -> None:
    check_issues(actor, order.assessor)
    check_not_subject(actor, order.subject, unit)


def _note(actor: Actor, entry: Entry) -> dict[str, str]:
    on: date = today()
    return {"on": on.isoformat(), "by": who(actor), "text": entry["note"]}


def _answer(orders: list[TaskOrder]) -> dict[str, Any]:
    on = today()
    return {
        "orders": [
            {
                "order": one.order,
                "revision": one.revision,
                "indicator": one.indicator,
                "subject": one.subject,
                "period": one.period,
                "status": one.status,
                "counts": one.counts,
                "overdue": one.overdue(on),
            }
            for one in orders
        ]
    }
