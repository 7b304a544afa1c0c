"""问责: ask about orders, answer, close with a consequence; all of it listed."""

from collections.abc import Callable
from typing import Generic, TypedDict

from services.declarations.domain import orders
from services.declarations.domain.choices import nothing
from services.declarations.domain.inquiries import Inquiry, check_answer_by, check_consequence
from services.declarations.domain.order_choices import inquiry_choices
from services.declarations.domain.order_permissions import check_answers_inquiry, check_closes_inquiry, check_over_order
from services.declarations.domain.organisation import Unit, who
from services.declarations.domain.vetoes import SECTION
from services.declarations.storage import inbox_steps as waiting
from services.declarations.storage.aggregates import inquiries, task_orders
from services.declarations.storage.inquiries import page_of_inquiries
from services.declarations.storage.library import find_cycle, indicators_by_code
from services.declarations.storage.naming import with_names
from services.declarations.storage.organisation import Organisation
from services.declarations.storage.scopes import Scope
from services.declarations.usecases.checks.vetoes import propose_vetoes
from services.declarations.usecases.events import record_changes
from services.declarations.usecases.transitions import Batch, Entry
from shared.actor import Actor
from shared.batches import each_row, pick
from shared.clock import today
from shared.contracts.declarations.commands.inquiries import (
    InquiryAnswer,
    InquiryAnswers,
    InquiryClosure,
    InquiryClosures,
    InquiryQuery,
    NewInquiries,
    NewInquiry,
)
from shared.contracts.declarations.commands.vetoes import NewVeto
from shared.database import Row, Session
from shared.ids import new_id
from shared.vocabulary.refusals import invalid

PEOPLE = ("assessor", "asked_by", "answered_by", "closed_by")


class _Inquiries(TypedDict, Generic[Entry]):
    cycle: str
    mode: str
    inquiries: list[Entry]


def ask_about_orders(session: Session, actor: Actor, command: NewInquiries) -> Row:
    """Ask about orders, by whoever may judge the order."""
    entries = command["inquiries"]
    batch = Batch(session, actor, command["cycle"], entries)
    ordered = task_orders(session, actor.bureau, command["cycle"]).by_ids(entry["order"] for entry in entries)
    organisation = Organisation(session, actor.bureau, units={one.unit for one in ordered.values()})

    def ask(entry: NewInquiry) -> Inquiry:
        order = pick(ordered, "task_order", entry["order"])
        check_over_order(actor, order, organisation.unit(order.unit))
        orders.STATES.after("ask", order.status)
        check_answer_by(entry["answer_by"], today())
        return _asked(actor, order, entry)

    asked = each_row(batch.entries, ask)
    inquiries(session, actor.bureau, command["cycle"]).add(asked)
    record_changes(session, actor, [(one, None) for one in asked])
    return _answer(asked)


def answer_inquiries(session: Session, actor: Actor, command: InquiryAnswers) -> Row:
    """Answer inquiries, by the person, or the head of the unit."""

    def reply(old: Inquiry, entry: InquiryAnswer, unit: Unit) -> Inquiry:
        check_answers_inquiry(actor, old, unit)
        return old.answered(entry["answer"], who(actor), today())

    return _moved(_batch(session, actor, command), reply)


def close_inquiries(session: Session, actor: Actor, command: InquiryClosures) -> Row:
    """Close inquiries; each entry: {"inquiry", "consequence", "conclusion", "deduction"?, "veto"?}; a
    veto is proposed in the same transaction."""
    store = inquiries(session, actor.bureau, command["cycle"])
    stored = store.by_ids(entry["inquiry"] for entry in command["inquiries"])
    library = indicators_by_code(session, actor.bureau, command["cycle"], {one.indicator for one in stored.values()})

    def close(old: Inquiry, entry: InquiryClosure, unit: Unit) -> Inquiry:
        check_closes_inquiry(actor, old, unit)
        deduction = entry.get("deduction") or {}
        check_consequence(library[old.indicator], entry["consequence"], deduction)
        _check_veto(entry)
        return old.closed(entry["consequence"], deduction, entry["conclusion"], who(actor), today())

    batch = _batch(session, actor, command)
    answer = _moved(batch, close)
    vetoes = [_veto(stored[one["inquiry"]], one, name) for one in batch.entries if (name := one.get("veto"))]
    proposed = (
        propose_vetoes(session, actor, {"cycle": command["cycle"], "vetoes": vetoes}) if vetoes else {"vetoes": []}
    )
    return {**answer, "vetoes": [one["veto"] for one in proposed["vetoes"]]}


def list_inquiries(session: Session, actor: Actor, query: InquiryQuery) -> Row:
    """Return a page of what was asked about orders; ``waiting``: only those in
    which the actor may take that step now."""
    on, scope = today(), Scope.of(session, actor)
    cycle = find_cycle(session, actor.bureau, query["cycle"])
    mine = waiting.asked(
        query.get("waiting"), lambda step: waiting.inquiries(step, scope, on), open_=bool(cycle and cycle.is_open)
    )
    page = page_of_inquiries(session, scope, query, mine)

    def shown(row: Row) -> Row:
        one = Inquiry(**row)
        may = inquiry_choices(actor, one, scope.units[one.unit], on, cycle.check_open if cycle else nothing)
        return {**row, "overdue": one.overdue(on), **may}

    return {**page, "items": with_names(session, actor.bureau, [shown(row) for row in page["items"]], *PEOPLE)}


def _asked(actor: Actor, order: orders.TaskOrder, entry: NewInquiry) -> Inquiry:
    return Inquiry(
        bureau=order.bureau,
        cycle=order.cycle,
        inquiry=new_id(),
        revision=1,
        order=order.order,
        indicator=order.indicator,
        subject=order.subject,
        layer=order.layer,
        period=order.period,
        unit=order.unit,
        assessor=order.assessor,
        status="asked",
        question=entry["question"],
        answer_by=entry["answer_by"],
        answer="",
        consequence=None,
        deduction={},
        conclusion="",
        asked_by=who(actor),
        asked_on=today(),
        answered_by=None,
        answered_on=None,
        closed_by=None,
        closed_on=None,
    )


def _check_veto(entry: InquiryClosure) -> None:
    if (entry["consequence"] == "veto_proposed") != bool(entry.get("veto")):
        raise invalid(
            "inquiry.veto",
            "处理为提出否决时须指明否决指标，其他处理不得填写",
            "a proposed veto names its indicator in veto, nothing else does",
            "veto",
        )


def _veto(asked: Inquiry, entry: InquiryClosure, indicator: str) -> NewVeto:
    reason = f"问责（任务单 {asked.order}）：{asked.question} 处理：{entry['conclusion']}"
    return {
        "indicator": indicator,
        "subject": asked.subject,
        "reason": reason,
        "source": SECTION,
        "source_ref": asked.inquiry,
        "evidence": [],
        "fact_on": asked.asked_on,
    }


def _batch(session: Session, actor: Actor, command: _Inquiries[Entry]) -> Batch[Entry]:
    return Batch(session, actor, command["cycle"], command["inquiries"], command["mode"])


def _moved(batch: Batch[Entry], decide: Callable[[Inquiry, Entry, Unit], Inquiry]) -> Row:
    store = inquiries(batch.session, batch.actor.bureau, batch.cycle.cycle)
    return {**_answer(batch.move(store, "inquiry", "inquiry", decide)), **batch.left_out}


def _answer(shown: list[Inquiry]) -> Row:
    names = ("inquiry", "revision", "order", "subject", "status", "answer_by", "consequence")
    return {"inquiries": [{name: getattr(one, name) for name in names} for one in shown]}
