"""A form that was filled in offline comes back: all of it or nothing, each fault with its row; what stands already stays."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.declarations.domain.declarations import STATES, Declaration
from services.declarations.domain.forms import ACCOUNTABILITY, BY_SHEET, CONTRIBUTION, REVIEW, TEMPORARY
from services.declarations.domain.items import DECLARATION
from services.declarations.domain.permissions import check_answers_for
from services.declarations.storage import forms as read
from services.declarations.usecases.forms.about import About, about_form
from services.declarations.usecases.forms.contributions import take_contributions
from services.declarations.usecases.forms.faults import Taken, changed_since, faults_of, row_fault
from services.declarations.usecases.forms.orders import take_orders
from services.declarations.usecases.forms.rows import read_rows
from services.declarations.usecases.forms.since import Since
from services.declarations.usecases.review.declare import declare_items
from shared.actor import Actor
from shared.contracts.declarations.commands.declarations import DeclaredItem, NewDeclarations
from shared.contracts.declarations.commands.forms import ReviewRow, TakenForm
from shared.database import Row, Session
from shared.errors import Problem
from shared.recording import forget_recorded
from shared.vocabulary.declarations import PENDING_STATES
from shared.vocabulary.refusals import Refused, conflict


def take_form(session: Session, actor: Actor, command: TakenForm) -> Row:
    """Take back a form that was filled in.

    A dry run does everything and takes it back. Rows whose content stands already change nothing.
    """
    try:
        rows = read_rows(command["form"], command["rows"])
    except Problem as problem:
        return refused_whole(problem, command["rows"])
    about = about_form(session, actor, command)
    about.cycle.check_open()
    check_answers_for(actor, about.subject)
    try:
        taken = _TAKERS[command["form"]](session, actor, about, command, rows)
    except Problem as problem:
        session.rollback()
        forget_recorded(session)
        return refused_whole(problem, command["rows"])
    if command["dry_run"] or taken.errors:
        session.rollback()
        forget_recorded(session)
    return _report(taken, applied=not (command["dry_run"] or taken.errors))


def refused_whole(problem: Problem, rows: Sequence[Mapping[Any, Any]]) -> Row:
    return _report(Taken(errors=faults_of(problem, rows)), applied=False)


def _review(session: Session, actor: Actor, about: About, command: TakenForm, rows: Sequence[ReviewRow]) -> Taken:
    stored = read.declarations_of(session, about.bureau, about.cycle.cycle, about.subject.code, about.period.code)
    pairs = [(stored[row["indicator"]], row) for row in rows if row["indicator"] in stored]
    since = Since(session, actor, about, DECLARATION, pairs)
    taken, new = Taken(), list[ReviewRow]()
    for row in rows:
        old = stored.get(row["indicator"])
        if old is not None and _same(old, row) and (old["status"] not in PENDING_STATES or _stays(old, command)):
            taken.unchanged += 1
        elif old is not None and old["status"] not in PENDING_STATES:
            taken.errors.append(row_fault(row, "indicator", _declared_already(Declaration(**old))))
        elif old is not None and not _same(old, row) and not since.untouched(old, row):
            taken.errors.append(row_fault(row, "indicator", changed_since(row["indicator"], row)))
        else:
            new.append(row)
    if new and not taken.errors:
        _declare(session, actor, about, command, new, stored)
    taken.changed = len(new)
    return taken


def _stays(old: Row, command: TakenForm) -> bool:
    return command["draft"] and old["status"] == "draft"


def _declare(
    session: Session,
    actor: Actor,
    about: About,
    command: TakenForm,
    rows: Sequence[ReviewRow],
    stored: Mapping[str, Row],
) -> None:
    entries = [_entry(row, stored.get(row["indicator"]), confirmed=command["confirmed"]) for row in rows]
    body: NewDeclarations = {
        "cycle": about.cycle.cycle,
        "period": about.period.code,
        "subject": about.subject.code,
        "draft": command["draft"],
        "mode": "all",
        "entries": entries,
    }
    try:
        declare_items(session, actor, body, BY_SHEET)
    except Problem as problem:
        problem.errors = [{**one, "row": _row_of(one, rows)} for one in problem.errors]
        raise


def _entry(row: ReviewRow, old: Row | None, *, confirmed: bool) -> DeclaredItem:
    entry: DeclaredItem = {
        "indicator": row["indicator"],
        "counts": row.get("counts"),
        "self_points": row.get("self_points"),
        "remark": row["remark"],
        "evidence": row["evidence"],
        "confirmed": confirmed,
    }
    return entry if old is None else {**entry, "revision": old["revision"]}


def _row_of(error: Row, rows: Sequence[ReviewRow]) -> int:
    """The sheet's row of a refused entry; what is refused as a whole has none."""
    place = error.get("row")
    return int(rows[place]["row"]) if place is not None else 0


def _same(old: Row, row: ReviewRow) -> bool:
    own = (row.get("self_points"), row["remark"], row["evidence"])
    declared = (old["self_points"] if own[0] is not None else None, old["remark"], old["evidence"])
    return declared == own and (row.get("counts") is None or row["counts"] == old["counts"])


def _declared_already(old: Declaration) -> Refused:
    """Say the way that loses nothing: what is withdrawn after its deadline is declared again with consent only."""
    code, status = old.indicator, old.status
    if old.by_itself:
        return conflict(
            "form.declared_already",
            f"{code} 本期机器取数无可计事项，已自动记录；如另有事项，请在“申报”页申报，超过期限的须先申请补报",
            f"{code} had nothing to measure and was noted by itself; declare over it on the page, late ones with consent",
        )
    zh, en = (
        ("尚未核实，请在“申报”页直接更正后再报，不必撤回", "correct it on the page: nobody has verified it yet")
        if STATES.allows("declare", status)
        else ("请由核实人、核评人退回后再报", "let whoever decides on it return it first")
        if STATES.allows("return", status)
        else ("已归档，如有异议请申诉", "it is recorded: appeal against it")
    )
    return conflict(
        "form.declared_already",
        f"{code} 本期已申报，内容与表中不同；{zh}",
        f"{code} is declared already, with another content; {en}",
    )


def _report(taken: Taken, *, applied: bool) -> Row:
    return {
        "applied": applied,
        "changed": 0 if taken.errors else taken.changed,
        "unchanged": taken.unchanged,
        "errors": taken.errors,
    }


_TAKERS: dict[str, Callable[[Session, Actor, About, TakenForm, list[Any]], Taken]] = {
    REVIEW: _review,
    ACCOUNTABILITY: take_orders,
    TEMPORARY: take_orders,
    CONTRIBUTION: take_contributions,
}
