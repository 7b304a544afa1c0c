"""The year's report of a run, for the bureau, a line or a unit."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.scoring.report_texts import ReportTextDocument
from shared.contracts.scoring.results import PublicationDocument
from shared.contracts.scoring.scores import (
    BureauComponentsDocument,
    CategoriesDocument,
    LayerQuotas,
    OneRun,
    key,
    number,
)
from shared.contracts.shapes import Document, listing, word
from shared.vocabulary.library import CATEGORIES
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import GRADES, IMPROVEMENT_STATES, RUN_STATES, SCOPES
from shared.vocabulary.task_orders import ORDER_STATES

REPORTING = 120  # seconds


class ReportQuery(OneRun):
    scope = word(SCOPES, "bureau by default", load_default="bureau")
    target = key("code of the line or unit", load_default=None, allow_none=True)

    @validates_schema
    def names_its_target(self, data: dict[str, Any], **_options: Any) -> None:
        if (data.get("scope") == "bureau") != (data.get("target") is None):
            raise ValidationError("a line or unit is named, the bureau is not", "target")


class LayerReport(Document):
    subjects = fields.Integer(required=True)
    ranked = fields.Integer(required=True)
    mean = number("of the final scores")
    before = number("of the same subjects, in the last published run of the year before")
    best = number()
    worst = number()
    categories = fields.Nested(CategoriesDocument, required=True, metadata={"description": "their means"})


class LayerReports(Document):
    division = fields.Nested(LayerReport, required=True)
    station = fields.Nested(LayerReport, required=True)
    person = fields.Nested(LayerReport, required=True)


class LineReport(Document):
    line = fields.String(required=True)
    subjects = fields.Integer(required=True)
    mean = number("of the persons' own layer scores")


class UnitReport(Document):
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    layer = word(LAYERS, required=True)
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
    category = word(CATEGORIES, required=True)
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


class EntriesByLayer(Document):
    division = listing(ReportEntry)
    station = listing(ReportEntry)
    person = listing(ReportEntry)


class ReportMeasure(Document):
    improvement = fields.String(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    status = word(IMPROVEMENT_STATES, required=True)
    title = fields.String(required=True)
    standard = fields.String(required=True)
    deadline = fields.Date(required=True)
    order_status = word(ORDER_STATES, "of the task order that it became", required=True, allow_none=True)


class ReportDocument(Document):
    run = fields.UUID(required=True)
    bureau = fields.String(required=True)
    bureau_name = fields.String(allow_none=True)
    cycle = fields.String(required=True)
    status = word(RUN_STATES, required=True)
    frozen_at = fields.AwareDateTime(required=True)
    input_hash = fields.String(required=True)
    scope = word(SCOPES, required=True)
    target = fields.String(required=True, allow_none=True)
    target_name = fields.String(required=True, allow_none=True)
    bureau_score = number("全局得分")
    bureau_components = fields.Nested(
        BureauComponentsDocument, required=True, metadata={"description": "the means that made it"}
    )
    quota = fields.Nested(LayerQuotas, required=True)
    publication = fields.Nested(PublicationDocument, required=True, allow_none=True)
    grades = fields.Dict(
        keys=word(GRADES), values=fields.Integer(), required=True, metadata={"description": "grade -> persons"}
    )
    layers = fields.Nested(LayerReports, required=True)
    lines = listing(LineReport)
    units = listing(UnitReport)
    distribution = listing(Bar)
    items_scored = fields.Integer(required=True)
    weakest = listing(ItemReport)
    strongest = listing(ItemReport)
    commended = fields.Nested(EntriesByLayer, required=True)
    struck = fields.Nested(EntriesByLayer, required=True)
    text = fields.Nested(
        ReportTextDocument,
        required=True,
        allow_none=True,
        metadata={"description": "what is said in words; of a line nothing is written"},
    )
    measures = listing(ReportMeasure, "proposed or ordered for units")


reports = Family("scoring", "reports", "年度报告 of the bureau, a line or a unit")

read_report = reports.get(
    "/runs/<uuid:run>/report", "read_report", ReportQuery, ReportDocument, may="may_read_report", seconds=REPORTING
)("年度报告 of the bureau, a line or a unit; a head reads that of the unit")
print_report = reports.get(
    "/runs/<uuid:run>/report/pdf",
    "read_report",
    ReportQuery,
    None,
    may="may_read_report",
    seconds=REPORTING,
    mounted=False,
)("年度报告（PDF） with charts")
write_report = reports.get(
    "/runs/<uuid:run>/report/docx",
    "read_report",
    ReportQuery,
    None,
    may="may_read_report",
    seconds=REPORTING,
    mounted=False,
)("年度报告（Word） the same, to go on writing in")
