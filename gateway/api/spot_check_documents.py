"""What spot checks answer."""

from marshmallow import fields

from gateway.api.core import Document, Exact
from gateway.api.declarations import counts_field


class SpotCheckOutcome(Document):
    spot_check = fields.String(required=True)
    revision = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"description": "announced, drawn, closed, cancelled"})
    title = fields.String(required=True)
    population = fields.Integer(required=True)
    sample = fields.Integer(required=True)
    strata = fields.Dict(required=True, metadata={"description": "{stratum: {population, sample}}"})
    commitment = fields.String(required=True, metadata={"description": "SHA-256 of the frozen list"})
    value_name = fields.String(required=True)
    value_due = fields.Date(required=True, allow_none=True)
    value = fields.String(required=True, allow_none=True)
    figures = fields.Dict(
        required=True,
        metadata={"description": "once closed: numbers of each verdict, whether the plan accepts, upper bounds"},
    )
    inspections = fields.List(fields.Dict(), metadata={"description": "of a check on the spot"})


class SpotCheckDocument(SpotCheckOutcome):
    cycle = fields.String(required=True)
    kind = fields.String(required=True, metadata={"description": "drawn or on_the_spot"})
    reason = fields.String(required=True)
    period = fields.String(required=True, allow_none=True)
    scope = fields.Dict(required=True)
    method = fields.Dict(required=True)
    veto_indicator = fields.String(required=True)
    pool = fields.List(fields.String(), required=True)
    announced_by = fields.String(required=True)
    announced_at = fields.DateTime(required=True)
    drawn_by = fields.String(required=True, allow_none=True)
    drawn_at = fields.DateTime(required=True, allow_none=True)
    closed_by = fields.String(required=True, allow_none=True)
    closed_on = fields.Date(required=True, allow_none=True)


class DrawnItem(Document):
    kind = fields.String(required=True)
    item = fields.String(required=True)
    probability = fields.String(required=True, metadata={"description": "of being drawn, as a fraction"})
    inspectors = fields.List(fields.String(), required=True, metadata={"description": "the last one inspects"})


class DrawDocument(Document):
    bureau = fields.String(required=True)
    cycle = fields.String(required=True)
    spot_check = fields.String(required=True)
    title = fields.String(required=True)
    commitment = fields.String(required=True)
    value_name = fields.String(required=True)
    value = fields.String(required=True)
    announced_at = fields.DateTime(required=True)
    drawn_at = fields.DateTime(required=True)
    list_ = fields.String(required=True, data_key="list", metadata={"description": "the text that was hashed"})
    sample = fields.List(fields.Nested(DrawnItem), required=True)


class InspectionOutcome(Document):
    inspection = fields.String(required=True)
    revision = fields.Integer(required=True)
    kind = fields.String(required=True)
    item = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "assigned, unassigned, found, cancelled"})
    inspector = fields.String(required=True, allow_none=True)
    verdict = fields.String(required=True, allow_none=True)
    veto = fields.String(required=True, allow_none=True, metadata={"description": "proposed for a false one"})
    points_before = Exact(required=True, allow_none=True)
    points_after = Exact(required=True, allow_none=True)


class InspectionOutcomes(Document):
    inspections = fields.List(fields.Nested(InspectionOutcome), required=True)


class InspectionDocument(InspectionOutcome):
    cycle = fields.String(required=True)
    spot_check = fields.String(required=True)
    subject = fields.String(required=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    indicator = fields.String(required=True)
    period = fields.String(required=True)
    place = fields.Integer(required=True)
    stratum = fields.String(required=True)
    probability = fields.String(required=True)
    excluded = fields.List(fields.String(), required=True)
    recused = fields.List(fields.Dict(), required=True)
    text = fields.String(required=True)
    evidence = fields.List(fields.String(), required=True)
    counts_before = counts_field(required=True, allow_none=True)
    counts_after = counts_field(required=True, allow_none=True)
    found_by = fields.String(required=True, allow_none=True)
    found_on = fields.Date(required=True, allow_none=True)


class Correction(Document):
    kind = fields.String(required=True)
    item = fields.String(required=True)
    revision = fields.Integer(required=True, metadata={"description": "the one that it made"})
    cause = fields.String(required=True, metadata={"description": "spot_check or appeal"})
    reference = fields.String(required=True, metadata={"description": "id of the check or appeal"})
    by = fields.String(required=True)
    reason = fields.String(required=True)
    on = fields.Date(required=True)
    counts_before = counts_field(required=True)
    counts_after = counts_field(required=True)
    points_before = Exact(required=True)
    points_after = Exact(required=True)


class Corrections(Document):
    items = fields.List(fields.Nested(Correction), required=True)
