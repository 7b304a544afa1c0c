"""Task orders: issued to many at once, accepted or refused, reported on, reported complete."""

from datetime import date
from typing import Any

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
from shared.database import Session
from shared.ids import new_id
from shared.vocabulary.refusals import invalid

Command = dict[str, Any]
LIMIT = 500  # orders of one batch, over all its subjects


def issue_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """Issue orders; ``command``: {"cycle", "orders": [{"indicator", "period", "title", "standard",
    "points"?, "deadline", "subjects": [...]}]}."""
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
    return answer(issued)


def accept_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    def accept(old: TaskOrder, _entry: Entry, unit: Unit) -> TaskOrder:
        check_answers_order(actor, old, unit)
        return old.accepted()

    return moved(session, actor, command, accept)


def refuse_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """Refuse orders, with a reason, each; whoever issued it insists or withdraws."""

    def refuse(old: TaskOrder, entry: Entry, unit: Unit) -> TaskOrder:
        check_answers_order(actor, old, unit)
        return old.refused(note(actor, entry))

    return moved(session, actor, command, refuse)


def note_progress(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    def progress(old: TaskOrder, entry: Entry, unit: Unit) -> TaskOrder:
        check_answers_order(actor, old, unit)
        return old.progressed(note(actor, entry), entry.get("percent"), today())

    return moved(session, actor, command, progress)


def complete_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    def complete(old: TaskOrder, entry: Entry, unit: Unit) -> TaskOrder:
        check_answers_order(actor, old, unit)
        return old.completed(note(actor, entry), today())

    return moved(session, actor, command, complete)


def take_back_orders(session: Session, actor: Actor, command: Command) -> dict[str, Any]:
    """Take back what one said of orders, each with its reason: that they are refused, or complete, or judged."""
    store = task_orders(session, actor.bureau, command["cycle"])
    locked = store.by_ids(entry["order"] for entry in command["orders"])
    judged = {name: one.revision for name, one in locked.items() if one.status == "judged"}
    uses = uses_of(session, actor.bureau, TASK_ORDER, judged)
    before = left_by(session, actor.bureau, command["cycle"], "order", judged, "judge")

    def take_back(old: TaskOrder, entry: Entry, unit: Unit) -> TaskOrder:
        check_takes_back_order(actor, old, unit)
        if old.status != "judged":
            return old.taken_back(note(actor, entry))
        found = before.get(old.order, "completed" if old.completed_on else "accepted")
        now = old.unjudged(note(actor, entry), found)
        check_unused(TASK_ORDER, uses[old.order])
        return now

    return moved(session, actor, command, take_back)


def moved(session: Session, actor: Actor, command: Command, decide: Any) -> dict[str, Any]:
    batch = Batch(session, actor, command["cycle"], command["orders"], command.get("mode", "all"))
    done = batch.move(task_orders(session, actor.bureau, command["cycle"]), "task_order", "order", decide)
    return {**answer(done), **batch.left_out}


def note(actor: Actor, entry: Entry) -> Note:
    on: date = today()
    return {"on": on.isoformat(), "by": who(actor), "text": entry["note"]}


def answer(orders: list[TaskOrder]) -> dict[str, Any]:
    on = today()
    names = ("order", "revision", "indicator", "subject", "period", "status", "deadline", "percent", "counts")
    return {"orders": [{**{name: getattr(one, name) for name in names}, "overdue": one.overdue(on)} for one in orders]}


def _issued(actor: Actor, cycle: Cycle, indicator: Indicator, subject: Subject, entry: Entry) -> TaskOrder:
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
