"""What follows from results: improvement measures, problems of indicators."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from shared.contracts.operations import Family
from shared.contracts.scoring.scores import OneRun, RunPage, RunSubject, key
from shared.contracts.shapes import Command, Document, day, note, paged, revision, text, word
from shared.vocabulary.organisation import LAYERS
from shared.vocabulary.scoring import IMPROVEMENT_STATES, PROBLEM_ACTIONS


class NewImprovement(RunSubject):
    weak_indicator = key("what scored low", required=True)
    cycle = key("an open one, in which the order is issued", required=True)
    indicator = key("of accountability, under which it is issued", required=True)
    period = key(required=True)
    title = text(200, required=True)
    standard = text(4000, required=True)
    deadline = day(required=True)


class ImprovementStep(Command):
    improvement = key(required=True)
    reason = note(2000, "of dropping or withdrawing", load_default="")
    revision = revision("that was read", load_default=None, allow_none=True)


class ImprovementQuery(RunPage):
    subject = key(load_default=None, allow_none=True)
    status = word(IMPROVEMENT_STATES, load_default=None, allow_none=True)


class NewProblem(OneRun):
    indicator = key(required=True)
    action = word(PROBLEM_ACTIONS, load_default="change")
    changes = fields.Dict(
        keys=text(40),
        values=note(2000),
        load_default=dict,
        metadata={"description": "the sheet's columns, as in a proposal"},
    )
    reason = text(2000, required=True)

    @validates_schema
    def fits_action(self, data: dict[str, Any], **_options: Any) -> None:
        if (data.get("action") == "remove") == bool(data.get("changes")):
            raise ValidationError("a change says what it changes, a removal nothing", "changes")


class OrderedDocument(Document):
    status = fields.String(
        required=True,
        metadata={"description": "of the task order: issued, accepted, refused, completed, judged, withdrawn"},
    )
    counts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    judged_by = fields.String(required=True, allow_none=True)


class ImprovementDocument(Document):
    bureau = fields.String(required=True)
    improvement = fields.UUID(required=True, metadata={"description": "and id of the task order"})
    run = fields.UUID(required=True)
    subject = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    layer = word(LAYERS, required=True)
    unit = fields.String(required=True)
    unit_name = fields.String(required=True, allow_none=True)
    revision = fields.Integer(required=True)
    status = word(IMPROVEMENT_STATES, required=True)
    weak_indicator = fields.String(required=True, metadata={"description": "what scored low"})
    cycle = fields.String(required=True)
    indicator = fields.String(required=True, metadata={"description": "under which the order is issued"})
    period = fields.String(required=True)
    title = fields.String(required=True)
    standard = fields.String(required=True)
    deadline = fields.Date(required=True)
    reason = fields.String(required=True)
    proposed_by = fields.String(required=True)
    ordered_by = fields.String(required=True, allow_none=True)
    task_order = fields.Nested(
        OrderedDocument, required=True, allow_none=True, metadata={"description": "what became of it, once ordered"}
    )


class ProblemDocument(Document):
    proposal = fields.UUID(required=True, metadata={"description": "and id of the proposal in targets"})
    cycle = fields.String(required=True)
    run = fields.UUID(required=True)
    revision = fields.Integer(required=True)
    indicator = fields.String(required=True)
    action = word(PROBLEM_ACTIONS, required=True)
    changes = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    reason = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    account = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


improvements = Family("scoring", "improvements", "整改提升 improvement measures, problems of indicators")
_MEASURE = "/improvements/<uuid:improvement>"

propose_improvement = improvements.post(
    "/runs/<uuid:run>/improvements",
    "propose_improvement",
    NewImprovement,
    ImprovementDocument,
    may="may_propose_improvement",
    status=201,
    etag=True,
)("提出改进措施 from a weak item")
list_improvements = improvements.get(
    "/runs/<uuid:run>/improvements",
    "list_improvements",
    ImprovementQuery,
    paged(ImprovementDocument),
    may="detail_sight",
)("改进措施列表 measures that followed from this run")
order_improvement = improvements.post(
    f"{_MEASURE}/order",
    "order_improvement",
    ImprovementStep,
    ImprovementDocument,
    may="may_order_improvement",
    etag=True,
)("下达 by the panel or a leader: it becomes a task order of the same id")
drop_improvement = improvements.post(
    f"{_MEASURE}/drop", "drop_improvement", ImprovementStep, ImprovementDocument, may="may_order_improvement", etag=True
)("不采纳 with a reason")
withdraw_improvement = improvements.post(
    f"{_MEASURE}/withdraw",
    "withdraw_improvement",
    ImprovementStep,
    ImprovementDocument,
    may="may_order_improvement",
    etag=True,
)("撤回 with a reason; its task order is withdrawn unless it was judged")
report_problem = improvements.post(
    "/runs/<uuid:run>/indicator-problems",
    "report_problem",
    NewProblem,
    ProblemDocument,
    may="may_report_problem",
    status=201,
)("反映指标问题 becomes a proposal to change the indicator, decided by the panel")
list_problems = improvements.get(
    "/runs/<uuid:run>/indicator-problems", "list_problems", RunPage, paged(ProblemDocument), may="may_report_problem"
)("指标问题列表 what was reported of this run's indicators")
