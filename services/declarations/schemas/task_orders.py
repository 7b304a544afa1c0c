"""Commands on task orders."""

from marshmallow import fields

from services.declarations.schemas.fields import Command, batch, code, counts, needed_text, revision, text


class NewOrder(Command):
    indicator = code(required=True)
    period = code(required=True)
    title = needed_text()
    standard = needed_text()
    deadline = fields.Date(required=True)
    subjects = batch(code())


class IssueOrders(Command):
    cycle = code(required=True)
    orders = batch(NewOrder)


class ChosenOrder(Command):
    order = code(required=True)
    revision = revision()
    note = text(load_default="")


class JudgedOrder(ChosenOrder):
    counts = counts(required=True)


class AnswerOrders(Command):
    cycle = code(required=True)
    orders = batch(ChosenOrder)


class JudgeOrders(Command):
    cycle = code(required=True)
    orders = batch(JudgedOrder)
