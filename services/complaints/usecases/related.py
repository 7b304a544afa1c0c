"""What a step says of another case and does to it: repetitions, doubles that are merged, a complaint that becomes a report."""

from dataclasses import replace
from typing import Any

from services.complaints.domain import permissions
from services.complaints.domain.cases import BUREAU, REPORT, Case, day_of
from services.complaints.domain.events import ANNUL, Event, effective
from services.complaints.domain.history import Named, add, fold
from services.complaints.storage.cases import CaseFile
from services.complaints.usecases.desk import Desk
from services.complaints.usecases.guards import guard
from services.complaints.usecases.registering import registration
from shared.contracts.complaints.commands.steps import CaseStep
from shared.database import Row
from shared.ids import new_id
from shared.vocabulary.refusals import conflict

_HANDLED = frozenset({"registered", "assigned", "taken_up", "accepted", "entrusted"})
_ABOUT = ("trader", "trader_address", "goods")  # what the report takes over from the complaint


def original(one: CaseFile, row: CaseStep, desk: Desk) -> Row:
    """Return what is kept of the original that is repeated: who handled it and when it was concluded."""
    other = desk.other(row, one.case.code)
    if not set(one.keys) & set(other.keys):
        raise conflict("case.not_same", "不是同一投诉人", "not of the same person", "original")
    concluded = other.case.concluded_at
    holder = other.case.holder_at(concluded) if concluded else None
    return {
        "original": other.case.code,
        "repeat_unit": holder.unit if holder else None,
        "repeat_handler": holder.handler if holder else None,
        "repeat_concluded": day_of(concluded) if concluded else None,
    }


def merging(one: CaseFile, row: CaseStep, desk: Desk) -> Row:
    """Return what a merger says. Only a report brings new facts (令121 art. 35)."""
    other = desk.other(row, one.case.code)
    if other.case.kind != one.case.kind or other.case.trader != one.case.trader or other.case.merged_into:
        raise conflict("case.not_same", "不是同一被投诉举报人的同类件", "not of the same kind and trader", "original")
    if one.case.kind != REPORT and not desk.same_person(one, other):
        raise conflict("case.not_same", "不是同一投诉人", "not of the same person", "original")
    if other.case.status not in _HANDLED:
        raise conflict("case.not_handled", "原件已不在办理中", "the original is not being handled any more", "original")
    if row["new_facts"] and one.case.kind != REPORT:
        raise conflict("case.kind", "只有举报可因新线索重新计时", "only reports begin anew with new facts", "new_facts")
    if row["new_facts"]:  # whoever handles the other begins its clock anew by a merger as little as by the step itself
        guard((barred := permissions.why_not_personally(desk.actor, "restart", other.case)) is None, barred)
    return {"original": other.case.code, "new_facts": row["new_facts"]}


def check_parting(named: Named | None, step: str) -> None:
    """Raise ``Refused`` where an annulment would leave one half of a merger: both cases are parted by a step of its own."""
    if step == ANNUL and named and (named.step in ("merge", "unmerge") or named.event.given.get("merged")):
        text = "并案请用“取消并案”撤销，取消并案后可重新并案"
        raise conflict("case.use_unmerge", text, "a merger is undone by unmerge, and that by merging again", "event")


def turning(one: CaseFile, row: CaseStep, desk: Desk) -> Row:
    """Return which report the complaint becomes: the one that is named, or one that is yet to be registered."""
    if row["original"] is None:
        return {"report": new_id()}
    other = desk.other(row, one.case.code)
    if other.case.kind != REPORT or other.case.trader != one.case.trader:
        raise conflict("case.not_same", "不是同一被投诉举报人的举报", "no report of the same trader", "original")
    return {"report": other.case.code}


def follow(one: CaseFile, event: Event, desk: Desk) -> None:
    """Let the other case follow: a clock that begins anew, one that did so by mistake, a report that is registered."""
    if event.name == "merge" and event.given.get("new_facts"):
        _restart(desk, one.case, event)
    elif event.name == "unmerge" and one.case.merged_into:
        _undo_restart(desk, one.case, event)
    elif event.name == "turn_into_case" and event.given["report"] not in desk.known:
        _register(desk, one.case, event)


def _restart(desk: Desk, merged: Case, event: Event) -> None:
    """The clock runs from the last receipt, whichever was entered first."""
    other = desk.known[event.given["original"]]
    if merged.received_at > other.case.received_at:
        _grow(desk, other, event, "restart", merged.received_at, {"merged": merged.code})


def _undo_restart(desk: Desk, merged: Case, event: Event) -> None:
    other = desk.known.get(merged.merged_into or "")
    begun = [one for one in effective(other.history) if one.given.get("merged") == merged.code] if other else []
    if other and begun:
        _grow(desk, other, event, ANNUL, desk.now, {}, names=begun[-1].number)


def _grow(desk: Desk, other: CaseFile, event: Event, name: str, at: Any, given: Row, names: int | None = None) -> None:
    number = len(other.history) + 1
    new = replace(event, number=number, name=name, happened_at=at, given=given, names=names)
    desk.known[other.case.code] = other.grown(add(other.case.code, other.history, new, desk.calendar))


def _register(desk: Desk, complaint: Case, event: Event) -> None:
    """A report without a reporter: the bureau itself came upon the suspicion."""
    code = event.given["report"]
    about = {name: getattr(complaint, name) for name in _ABOUT}
    more = {"kind": REPORT, "organisation": BUREAU, "number": "", "summary": event.why, "linked_to": complaint.code}
    where = {"intake_unit": complaint.unit or complaint.intake_unit, "received_at": event.happened_at}
    given = {**about, **more, **where}
    late = desk.settings.late_entry_days
    first = registration(desk.actor, given, event.happened_at, desk.now, event.why, event.on_behalf_of, late)
    desk.known[code] = CaseFile(fold(code, [first]), (first,))
