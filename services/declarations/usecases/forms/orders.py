"""A 问责表 or 临时工作考核表 that comes back: accepted, reported on, completed, row by row."""

from collections.abc import Callable, Mapping, Sequence

from services.declarations.domain.organisation import who
from services.declarations.storage import forms as read
from services.declarations.usecases.forms.about import About
from services.declarations.usecases.forms.faults import Taken, changed_since, row_fault
from services.declarations.usecases.forms.since import Since
from services.declarations.usecases.orders.steps import accept_orders, complete_orders, note_progress
from shared.actor import Actor
from shared.contracts.declarations.commands.forms import OrderRow, TakenForm
from shared.database import Row, Session
from shared.errors import Problem
from shared.vocabulary.refusals import Refused, invalid, missing

ACCEPT, PROGRESS, COMPLETE = "accept", "progress", "complete"
_DEEDS: Mapping[str, Callable[..., Row]] = {
    ACCEPT: accept_orders,
    PROGRESS: note_progress,
    COMPLETE: complete_orders,
}
_NOTES = {PROGRESS, COMPLETE}


def take_orders(session: Session, actor: Actor, about: About, _command: TakenForm, rows: Sequence[OrderRow]) -> Taken:
    orders = read.orders_of(session, about.bureau, about.cycle.cycle, about.subject.code, about.period.code)
    known = {one["order"]: one for one in orders}
    pairs = [(known[row["order"]], row) for row in rows if row["order"] in known]
    since = Since(session, actor, about, "order", pairs)
    taken, todo = Taken(), list[OrderRow]()
    for row in rows:
        old = known.get(row["order"])
        fault = _fault(old, row)
        if fault is not None:
            taken.errors.append(row_fault(row, "deed", fault))
        elif old is not None and _done(old, row, who(actor)):
            taken.unchanged += 1
        elif old is not None and row.get("revision") is not None and not since.alone(old, row):
            taken.errors.append(row_fault(row, "title", changed_since(f"“{old['title']}”", row)))
        else:
            todo.append(row)
    for row in todo if not taken.errors else ():
        _do(session, actor, about, row, known[row["order"]])
    taken.changed = len(todo)
    return taken


def _fault(old: Row | None, row: OrderRow) -> Refused | None:
    if old is None:
        return missing("task_order.unknown", "本人本期没有这张任务单", "no such task order of this subject", "order")
    if row["deed"] in _NOTES and not row["note"].strip():
        return invalid("note.required", "请填写情况说明", "a note is needed", "note")
    return None


def _done(old: Row, row: OrderRow, by: str) -> bool:
    """Whether the row tells what stands already."""
    if row["deed"] == ACCEPT:
        return old["status"] in ("accepted", "completed", "judged")
    said = any(note["by"] == by and note["text"] == row["note"] for note in old["notes"])
    return said and (row["deed"] == PROGRESS or old["completed_on"] is not None)


def _do(session: Session, actor: Actor, about: About, row: OrderRow, old: Row) -> None:
    """What is reported on is accepted first, if nobody did so."""
    deeds = [row["deed"]] if row["deed"] == ACCEPT or old["status"] != "issued" else [ACCEPT, row["deed"]]
    for deed in deeds:
        entry = {"order": row["order"], "note": row["note"] if deed != ACCEPT else ""}
        try:
            _DEEDS[deed](session, actor, {"cycle": about.cycle.cycle, "mode": "all", "orders": [entry]})
        except Problem as problem:
            problem.errors = [{**one, "row": row["row"]} for one in problem.errors]
            raise
