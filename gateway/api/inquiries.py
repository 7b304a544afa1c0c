"""问责: questions about task orders, their answers, and what came of them."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, paged, text, whole
from gateway.api.declarations import counts_field
from gateway.rpc import call

inquiries = blueprint("inquiries", "问责 orders called to account")
CONSEQUENCES = ("none", "reminder", "deduction", "veto_proposed")


class NewInquiry(Command):
    order = text(100, required=True)
    question = text(4000, required=True)
    answer_by = fields.Date(required=True, metadata={"description": "its last day"})


class NewInquiries(Command):
    cycle = text(100, required=True)
    inquiries = batch(NewInquiry)


class InquiryAnswer(Command):
    inquiry = text(100, required=True)
    revision = whole(1)
    answer = text(4000, required=True)


class InquiryAnswers(Command):
    cycle = text(100, required=True)
    inquiries = batch(InquiryAnswer)


class InquiryClosure(Command):
    inquiry = text(100, required=True)
    revision = whole(1)
    consequence = fields.String(required=True, validate=OneOf(CONSEQUENCES))
    conclusion = text(4000, required=True)
    deduction = counts_field(
        allow_none=True, metadata={"description": "consequence deduction: added when the order is judged"}
    )
    veto = text(100, allow_none=True, metadata={"description": "consequence veto_proposed: the veto's indicator"})


class InquiryClosures(Command):
    cycle = text(100, required=True)
    inquiries = batch(InquiryClosure)


class InquiryQuery(PageQuery):
    cycle = text(100, required=True)
    order = text(100)
    subject = text(100)
    unit = text(100)
    status = text(100)
    indicator = text(100)
    consequence = fields.String(validate=OneOf(CONSEQUENCES))


class InquiryOutcome(Document):
    inquiry = fields.String(required=True)
    revision = fields.Integer(required=True)
    order = fields.String(required=True)
    subject = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "asked, answered, closed"})
    answer_by = fields.Date(required=True)
    consequence = fields.String(required=True, allow_none=True)


class InquiryOutcomes(Document):
    inquiries = fields.List(fields.Nested(InquiryOutcome), required=True)


class InquiryClosed(InquiryOutcomes):
    vetoes = fields.List(fields.String(), required=True, metadata={"description": "proposed by these closures"})


class InquiryDocument(InquiryOutcome):
    cycle = fields.String(required=True)
    indicator = fields.String(required=True)
    layer = fields.String(required=True)
    period = fields.String(required=True)
    unit = fields.String(required=True)
    assessor = fields.String(required=True)
    question = fields.String(required=True)
    answer = fields.String(required=True)
    deduction = counts_field(required=True)
    conclusion = fields.String(required=True)
    asked_by = fields.String(required=True)
    asked_on = fields.Date(required=True)
    answered_by = fields.String(required=True, allow_none=True)
    answered_on = fields.Date(required=True, allow_none=True)
    closed_by = fields.String(required=True, allow_none=True)
    closed_on = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True, metadata={"description": "not answered in time"})


@inquiries.route("/task-orders/inquiries", methods=["POST"])
@inquiries.arguments(NewInquiries)
@inquiries.response(201, InquiryOutcomes)
def ask_about_orders(command: dict[str, Any]) -> dict[str, Any]:
    """问责 ask about orders, each until a day"""
    return call("declarations", "ask_about_orders", command)


@inquiries.route("/task-orders/inquiries")
@inquiries.arguments(InquiryQuery, location="query")
@inquiries.response(200, paged(InquiryDocument))
def list_inquiries(query: dict[str, Any]) -> dict[str, Any]:
    """问责列表 what was asked, answered and concluded"""
    return call("declarations", "list_inquiries", query, read=True)


@inquiries.route("/task-orders/inquiries/answer", methods=["POST"])
@inquiries.arguments(InquiryAnswers)
@inquiries.response(200, InquiryOutcomes)
def answer_inquiries(command: dict[str, Any]) -> dict[str, Any]:
    """答复 the person, or the unit's head, answers"""
    return call("declarations", "answer_inquiries", command)


@inquiries.route("/task-orders/inquiries/close", methods=["POST"])
@inquiries.arguments(InquiryClosures)
@inquiries.response(200, InquiryClosed)
def close_inquiries(command: dict[str, Any]) -> dict[str, Any]:
    """了结 close with a consequence: none, reminder, deduction, veto_proposed"""
    return call("declarations", "close_inquiries", command)
