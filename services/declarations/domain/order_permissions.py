"""Who may do what with task orders, what is asked about them, and temporary work (beside permissions.py)."""

from services.declarations.domain.delegations import Decider
from services.declarations.domain.inquiries import Inquiry
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.organisation import Actor, Subject, Unit
from services.declarations.domain.permissions import (
    check_answers_for,
    check_issues,
    check_not_subject,
    check_screens,
    is_assessor,
    issues_everywhere,
)
from services.declarations.domain.temporary import TemporaryWork
from services.declarations.domain.ways_back_permissions import check_takes_back_step
from shared.vocabulary.permissions import noting
from shared.vocabulary.refusals import forbidden


def check_answers_order(actor: Actor, order: TaskOrder, unit: Unit) -> None:
    """Refuse who is neither the order's subject nor, for a unit, its head."""
    check_answers_for(actor, Subject(order.subject, order.layer, unit.line, unit))


def may_read_leads(actor: Actor) -> bool:
    """Tell whether the actor may read leads that wait for an order: who issues orders everywhere, assessors, the office."""
    return issues_everywhere(actor) or actor.has("assessor") or actor.has("office")


def check_over_order(actor: Actor, order: TaskOrder, unit: Unit) -> None:
    """Refuse who may not issue or judge it, and the subject's own side."""
    check_issues(actor, order.assessor)
    check_not_subject(actor, order.subject, unit)


def check_takes_back_order(actor: Actor, order: TaskOrder, unit: Unit) -> None:
    """Refuse to take back somebody else's word: a judgement is its judge's, what the subject said of the order the subject's."""
    if order.status == "judged":
        check_takes_back_step(actor, order.judged_by)
    else:
        check_answers_order(actor, order, unit)


def check_answers_inquiry(actor: Actor, inquiry: Inquiry, unit: Unit) -> None:
    """Refuse who is neither the person asked nor, for a unit, its head."""
    check_answers_for(actor, Subject(inquiry.subject, inquiry.layer, unit.line, unit))


def check_closes_inquiry(actor: Actor, inquiry: Inquiry, unit: Unit) -> None:
    """Refuse who may not judge the order that it is about, and the subject's own side."""
    check_issues(actor, inquiry.assessor)
    check_not_subject(actor, inquiry.subject, unit)


def check_confirms_work(actor: Decider, work: TemporaryWork, unit: Unit) -> None:
    """Refuse who is not the head that verifies the subject's items."""
    check_screens(actor, work.subject, work.layer, work.reported_by, unit)


def assesses_temporary_everywhere(actor: Actor) -> bool:
    """Tell whether the actor assesses temporary work of every section: the panel and the office do."""
    return actor.has("panel") or actor.has("office")


def check_assesses_work(actor: Actor, work: TemporaryWork, unit: Unit) -> None:
    """Refuse who is neither office, panel nor the section, whoever confirmed it, and the subject's own side."""
    check_not_subject(actor, work.subject, unit)
    if work.confirmed_by in (actor.person, actor.account):
        raise forbidden("work.confirmed_by_you", "确认人不得评定同一工作", "whoever confirmed it may not assess it")
    if not (assesses_temporary_everywhere(actor) or is_assessor(actor, work.assessor)):
        raise forbidden(
            "work.not_assessor", "应由考核办、小组或核评科室评定", "the office, the panel or its section assesses"
        )


noting(globals())
