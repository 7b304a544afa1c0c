"""Commands on temporary work that nobody had ordered."""

from marshmallow import fields, validate

from services.declarations.schemas.fields import Command, ListQuery, batch, code, counts, needed_text, revision, text


class NewWork(Command):
    work = code()
    revision = revision()
    subject = code(required=True)
    indicator = code(required=True)
    period = code(required=True)
    title = needed_text()
    outcome = needed_text()
    asked_by = needed_text()
    done_on = fields.Date(required=True)
    evidence = fields.List(text(), load_default=list, validate=validate.Length(max=50))


class ReportWorks(Command):
    cycle = code(required=True)
    works = batch(NewWork)


class ChosenWork(Command):
    work = code(required=True)
    revision = revision()


class AssessedWork(ChosenWork):
    counts = counts(allow_none=True)


class ConfirmWorks(Command):
    cycle = code(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(["confirm", "return"]))
    reason = text(load_default="")
    works = batch(ChosenWork)


class AssessWorks(Command):
    cycle = code(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(["assess", "return", "reject"]))
    reason = text(load_default="")
    works = batch(AssessedWork)


class WorkQuery(ListQuery):
    pass


class SubjectWork(Command):
    cycle = code(required=True)
    subject = code(required=True)
    period = code()
