"""问责: questions about task orders, their answers, and what came of them."""

from marshmallow import fields

from shared.contracts.declarations.asking import OneCycle
from shared.contracts.declarations.lists import Batched, Choices, CycleList, DueRange, Outcomes, may_take, waiting_for
from shared.contracts.declarations.names import ItemNames, name_of
from shared.contracts.operations import Family
from shared.contracts.shapes import (
    Command,
    Document,
    batch,
    code,
    counts,
    day,
    indicator_of,
    listing,
    needed_text,
    paged,
    revision,
    sort,
    word,
)
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.task_orders import CONSEQUENCES, INQUIRY_CHOICES, INQUIRY_STATES


class NewInquiry(Command):
    order = code(required=True)
    question = needed_text()
    answer_by = day("its last day", required=True)


class NewInquiries(OneCycle):
    inquiries = batch(NewInquiry)


class InquiryAnswer(Command):
    inquiry = code(required=True)
    revision = revision()
    answer = needed_text()


class InquiryAnswers(OneCycle, Batched):
    inquiries = batch(InquiryAnswer)


class InquiryClosure(Command):
    inquiry = code(required=True)
    revision = revision()
    consequence = word(CONSEQUENCES, required=True)
    conclusion = needed_text()
    deduction = counts("consequence deduction: added when the order is judged", allow_none=True)
    veto = code("consequence veto_proposed: the veto's indicator", allow_none=True)


class InquiryClosures(OneCycle, Batched):
    inquiries = batch(InquiryClosure)


class InquiryQuery(CycleList, DueRange):
    waiting = waiting_for(INQUIRY_CHOICES)
    sort = sort("answer_by", "asked_on", "subject", "status")
    order = code()
    subject = code()
    unit = code()
    status = word(INQUIRY_STATES)
    indicator = indicator_of()
    consequence = word(CONSEQUENCES)


class InquiryOutcome(Document):
    inquiry = fields.String(required=True)
    revision = fields.Integer(required=True)
    order = fields.String(required=True)
    subject = fields.String(required=True)
    status = word(INQUIRY_STATES, required=True)
    answer_by = fields.Date(required=True)
    consequence = word(CONSEQUENCES, required=True, allow_none=True)


class InquiryOutcomes(Outcomes):
    inquiries = listing(InquiryOutcome)


class InquiryClosed(InquiryOutcomes):
    vetoes = listing(fields.String(), "proposed by these closures")


class InquiryDocument(InquiryOutcome, ItemNames, Choices):
    may = may_take(INQUIRY_CHOICES)
    cycle = fields.String(required=True)
    indicator = fields.String(required=True)
    layer = word(LAYERS, required=True)
    period = fields.String(required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    assessor_name = name_of()
    question = fields.String(required=True)
    answer = fields.String(required=True)
    deduction = counts(required=True)
    conclusion = fields.String(required=True)
    asked_by = fields.String(required=True)
    asked_by_name = name_of()
    asked_on = fields.Date(required=True)
    answered_by = fields.String(required=True, allow_none=True)
    answered_by_name = name_of(nullable=True)
    answered_on = fields.Date(required=True, allow_none=True)
    closed_by = fields.String(required=True, allow_none=True)
    closed_by_name = name_of(nullable=True)
    closed_on = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True, metadata={"description": "not answered in time"})


inquiries = Family("declarations", "inquiries", "问责 orders called to account")

ask_about_orders = inquiries.post(
    "/task-orders/inquiries", "ask_about_orders", NewInquiries, InquiryOutcomes, may="check_over_order", status=201
)("问责 ask about orders, each until a day")
list_inquiries = inquiries.get(
    "/task-orders/inquiries", "list_inquiries", InquiryQuery, paged(InquiryDocument), may="anyone"
)("问责列表 what was asked, answered and concluded")
answer_inquiries = inquiries.post(
    "/task-orders/inquiries/answer", "answer_inquiries", InquiryAnswers, InquiryOutcomes, may="check_answers_inquiry"
)("答复 the person, or the unit's head, answers")
close_inquiries = inquiries.post(
    "/task-orders/inquiries/close", "close_inquiries", InquiryClosures, InquiryClosed, may="check_closes_inquiry"
)("了结 close with a consequence: none, reminder, deduction, veto_proposed")
