"""Commands on appeals."""

from marshmallow import fields, validate

from services.declarations.domain.appeals import KINDS
from services.declarations.domain.spot_checks import VERDICTS
from services.declarations.schemas.checks import ChosenItem
from services.declarations.schemas.fields import (
    Command,
    PageQuery,
    batch,
    code,
    counts,
    evidence,
    needed_text,
    revision,
    text,
)


class NewAppeal(Command):
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    object = code(required=True)
    subject = code()
    text = needed_text()
    evidence = evidence()


class FileAppeals(Command):
    cycle = code(required=True)
    appeals = batch(NewAppeal)


class ChosenAppeal(Command):
    appeal = code(required=True)
    revision = revision()


class WithdrawnAppeal(ChosenAppeal):
    reason = text(load_default="")


class WithdrawAppeals(Command):
    cycle = code(required=True)
    appeals = batch(WithdrawnAppeal)


class CorrectedItem(ChosenItem):
    counts = counts(required=True)


class DecidedAppeal(ChosenAppeal):
    outcome = fields.String(required=True, validate=validate.OneOf(["upheld", "changed"]))
    decision = needed_text()
    counts = counts(allow_none=True)
    verdict = fields.String(validate=validate.OneOf(VERDICTS))
    items = fields.List(fields.Nested(CorrectedItem), validate=validate.Length(max=100))


class DecideAppeals(Command):
    cycle = code(required=True)
    appeals = batch(DecidedAppeal)


class SetTerms(Command):
    cycle = code(required=True)
    revision = fields.Integer(strict=True, validate=validate.Range(0, 2**31 - 1))
    file_days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 120))
    decide_days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 120))


class AppealQuery(PageQuery):
    status = code()
    kind = code()
    object = code()
    subject = code()
    unit = code()
    overdue = fields.Boolean(load_default=False)
