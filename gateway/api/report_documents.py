"""What a year's report looks like from outside."""

from marshmallow import fields

from gateway.api.core import Document
from gateway.api.result_documents import PublicationDocument
from gateway.api.score_documents import QuotaDocument, number, scores


class LayerReport(Document):
    subjects = fields.Integer(required=True)
    ranked = fields.Integer(required=True)
    mean = number("of the final scores")
    before = number("of the same subjects, in the last published run of the year before")
    best = number()
    worst = number()
    categories = scores("category -> mean")


class LineReport(Document):
    line = fields.String(required=True)
    subjects = fields.Integer(required=True)
    mean = number("of the persons' own layer scores")


class UnitReport(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    layer = fields.String(required=True)
    line = fields.String(required=True)
    final = number()
    before = number()
    rank = fields.Integer(required=True, allow_none=True)
    commended = fields.Boolean(required=True)
    members = fields.Integer(required=True)
    members_mean = number()


class Bar(Document):
    from_ = fields.Integer(required=True, data_key="from")
    to = fields.Integer(required=True)
    persons = fields.Integer(required=True)


class ItemReport(Document):
    indicator = fields.String(required=True)
    name = fields.String(required=True)
    category = fields.String(required=True)
    full_points = number()
    subjects = fields.Integer(required=True)
    mean = number()
    rate = number("percent of the full points")
    nothing = fields.Integer(required=True, metadata={"description": "subjects without a point"})
    full = fields.Integer(required=True, metadata={"description": "subjects with full points"})


class ReportEntry(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    final = number()
    rank = fields.Integer(required=True, allow_none=True)


def _by_layer() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(ReportEntry)), required=True)


class ReportDocument(Document):
    run = fields.UUID(required=True)
    bureau = fields.String(required=True)
    cycle = fields.String(required=True)
    status = fields.String(required=True)
    frozen_at = fields.AwareDateTime(required=True)
    input_hash = fields.String(required=True)
    scope = fields.String(required=True)
    target = fields.String(required=True, allow_none=True)
    target_name = fields.String(required=True, allow_none=True)
    bureau_score = number("全局得分")
    bureau_components = scores("the means that made it")
    quota = fields.Dict(keys=fields.String(), values=fields.Nested(QuotaDocument), required=True)
    publication = fields.Nested(PublicationDocument, required=True, allow_none=True)
    grades = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    layers = fields.Dict(keys=fields.String(), values=fields.Nested(LayerReport), required=True)
    lines = fields.List(fields.Nested(LineReport), required=True)
    units = fields.List(fields.Nested(UnitReport), required=True)
    distribution = fields.List(fields.Nested(Bar), required=True)
    items_scored = fields.Integer(required=True)
    weakest = fields.List(fields.Nested(ItemReport), required=True)
    strongest = fields.List(fields.Nested(ItemReport), required=True)
    commended = _by_layer()
    struck = _by_layer()
