"""Commands on spot checks and inspections."""

from decimal import Decimal

from marshmallow import fields, validate

from services.declarations.domain.items import KINDS
from services.declarations.domain.sampling.gbt2828 import SEVERITIES
from services.declarations.domain.spot_checks import VERDICTS
from services.declarations.schemas.fields import (
    Command,
    Exact,
    PageQuery,
    batch,
    code,
    counts,
    evidence,
    needed_text,
    revision,
    text,
)
from services.declarations.usecases.checks.sizing import NAMES

POOL = 2000
_VALUE = validate.And(validate.Length(1, 200), validate.ContainsNoneOf("\0\n\r"))


class Method(Command):
    name = fields.String(required=True, validate=validate.OneOf(NAMES))
    level = code(load_default="II")
    aql = Exact(load_default=Decimal("2.5"))
    severity = fields.String(load_default="normal", validate=validate.OneOf(SEVERITIES))
    rate = Exact(load_default=Decimal("0.02"))
    size = fields.Integer(strict=True, validate=validate.Range(1, 60_000))
    confidence = Exact(load_default=Decimal("0.95"))
    strata = fields.Boolean(load_default=False)
    floor = Exact(load_default=Decimal("0.05"))


class AnnounceSpotCheck(Command):
    cycle = code(required=True)
    title = needed_text()
    period = code(required=True)
    line = code()
    unit = code()
    indicator = code()
    kinds = fields.List(
        fields.String(validate=validate.OneOf(KINDS)), load_default=lambda: list(KINDS), validate=validate.Length(1, 3)
    )
    method = fields.Nested(Method, required=True)
    inspectors = fields.List(code(), required=True, validate=validate.Length(1, POOL))
    value_name = fields.String(required=True, validate=_VALUE)
    value_due = fields.Date(required=True)
    veto_indicator = code()


class OneSpotCheck(Command):
    spot_check = code(required=True)


class ChosenSpotCheck(OneSpotCheck):
    cycle = code(required=True)
    revision = revision()


class DrawSpotCheck(ChosenSpotCheck):
    value = fields.String(required=True, validate=_VALUE)


class CancelSpotCheck(ChosenSpotCheck):
    reason = needed_text()


class ChosenItem(Command):
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    item = code(required=True)


class CheckOnTheSpot(Command):
    cycle = code(required=True)
    title = text(load_default="")
    reason = needed_text()
    items = batch(ChosenItem)
    veto_indicator = code()


class ChosenInspection(Command):
    inspection = code(required=True)
    revision = revision()


class Finding(ChosenInspection):
    verdict = fields.String(required=True, validate=validate.OneOf(VERDICTS))
    text = text(load_default="")
    evidence = evidence()
    counts = counts(allow_none=True)


class RecordFindings(Command):
    cycle = code(required=True)
    findings = batch(Finding)


class StandingBack(ChosenInspection):
    reason = needed_text()


class RecuseInspectors(Command):
    cycle = code(required=True)
    inspections = batch(StandingBack)


class NamedInspector(ChosenInspection):
    person = code(required=True)


class NameInspectors(Command):
    cycle = code(required=True)
    inspections = batch(NamedInspector)


class SpotCheckQuery(PageQuery):
    status = code()
    kind = code()
    period = code()


class InspectionQuery(PageQuery):
    spot_check = code()
    status = code()
    verdict = code()
    subject = code()
    unit = code()
    inspector = code()


class CorrectionQuery(ChosenItem):
    cycle = code(required=True)
