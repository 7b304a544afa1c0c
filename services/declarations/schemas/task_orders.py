"""Commands on task orders, and on what is asked about them."""

from marshmallow import fields, validate

from services.declarations.domain.inquiries import CONSEQUENCES
from services.declarations.schemas.fields import (
    Command,
    Exact,
    ListQuery,
    PageQuery,
    batch,
    code,
    counts,
    needed_text,
    revision,
    text,
)


class NewOrder(Command):
    indicator = code(required=True)
    period = code(required=True)
    title = needed_text()
    standard = needed_text()
    points = Exact(allow_none=True)
    deadline = fields.Date(required=True)
    subjects = batch(code())


class IssueOrders(Command):
    cycle = code(required=True)
    orders = batch(NewOrder)


class ChosenOrder(Command):
    order = code(required=True)
    revision = revision()
    note = text(load_default="")


class ReportedOrder(ChosenOrder):
    percent = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, 100))


class PostponedOrder(ChosenOrder):
    deadline = fields.Date(required=True)


class JudgedOrder(ChosenOrder):
    counts = counts(required=True)


class AnswerOrders(Command):
    cycle = code(required=True)
    orders = batch(ChosenOrder)


class ReportOrders(Command):
    cycle = code(required=True)
    orders = batch(ReportedOrder)


class PostponeOrders(Command):
    cycle = code(required=True)
    orders = batch(PostponedOrder)


class JudgeOrders(Command):
    cycle = code(required=True)
    orders = batch(JudgedOrder)


class OrderQuery(ListQuery):
    issued_by = code()
    origin = fields.String(validate=validate.OneOf(["ordered", "volunteered"]))
    risk = fields.String(validate=validate.OneOf(["overdue", "at_risk"]))
    within = fields.Integer(strict=False, load_default=3, validate=validate.Range(0, 60))
    silent = fields.Integer(strict=False, load_default=5, validate=validate.Range(0, 60))


class NewInquiry(Command):
    order = code(required=True)
    question = needed_text()
    answer_by = fields.Date(required=True)


class AskAboutOrders(Command):
    cycle = code(required=True)
    inquiries = batch(NewInquiry)


class AnsweredInquiry(Command):
    inquiry = code(required=True)
    revision = revision()
    answer = needed_text()


class AnswerInquiries(Command):
    cycle = code(required=True)
    inquiries = batch(AnsweredInquiry)


class ClosedInquiry(Command):
    inquiry = code(required=True)
    revision = revision()
    consequence = fields.String(required=True, validate=validate.OneOf(CONSEQUENCES))
    conclusion = needed_text()
    deduction = counts(allow_none=True)
    veto = code(allow_none=True)


class CloseInquiries(Command):
    cycle = code(required=True)
    inquiries = batch(ClosedInquiry)


class InquiryQuery(PageQuery):
    order = code()
    subject = code()
    unit = code()
    status = code()
    indicator = code()
    consequence = code()
