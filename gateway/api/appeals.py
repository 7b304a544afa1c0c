"""Appeals: against a return, an assessment, a judgement, a settlement, a finding, a veto or a published score."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from gateway.api.core import Command, Document, PageQuery, batch, blueprint, etag, paged, text, whole
from gateway.api.declarations import counts_field
from gateway.api.spot_checks import ChosenItem
from gateway.rpc import call

appeals = blueprint("appeals", "申诉 appeals and the decisions on them")
KINDS = ["verification", "assessment", "judgement", "settlement", "finding", "veto", "score"]


class NewAppeal(Command):
    kind = fields.String(required=True, validate=OneOf(KINDS))
    object = text(
        100,
        required=True,
        metadata={"description": "id of the declaration, order, contribution, inspection, veto, run"},
    )
    subject = text(100, metadata={"description": "whose score; by default one's own"})
    text = text(4000, required=True)
    evidence = fields.List(fields.String(validate=Length(1, 4000)), validate=Length(max=50))


class NewAppeals(Command):
    cycle = text(100, required=True)
    appeals = batch(NewAppeal)


class ChosenAppeal(Command):
    appeal = text(100, required=True)
    revision = whole(1)


class WithdrawnAppeal(ChosenAppeal):
    reason = fields.String(validate=Length(max=4000))


class WithdrawnAppeals(Command):
    cycle = text(100, required=True)
    appeals = batch(WithdrawnAppeal)


class CorrectedItem(ChosenItem):
    counts = counts_field(required=True)


class DecidedAppeal(ChosenAppeal):
    outcome = fields.String(required=True, validate=OneOf(["upheld", "changed"]))
    decision = text(4000, required=True)
    counts = counts_field(allow_none=True, metadata={"description": "that stand from now on"})
    verdict = fields.String(
        validate=OneOf(["confirmed", "corrected", "false"]), metadata={"description": "that stands, of a finding"}
    )
    items = fields.List(
        fields.Nested(CorrectedItem),
        validate=Length(max=100),
        metadata={"description": "through which a score changes"},
    )


class DecidedAppeals(Command):
    cycle = text(100, required=True)
    appeals = batch(DecidedAppeal)


class AppealQuery(PageQuery):
    cycle = text(100, required=True)
    status = text(100)
    kind = text(100)
    object = text(100)
    subject = text(100)
    unit = text(100)
    overdue = fields.Boolean(metadata={"description": "only those that should have been decided"})


class TermsQuery(Command):
    cycle = text(100, required=True)


class NewTerms(Command):
    cycle = text(100, required=True)
    revision = whole(0)
    file_days = whole(
        1,
        120,
        required=True,
        metadata={
            "description": "working days after the decision; against published scores: until the last day of their publication"
        },
    )
    decide_days = whole(1, 120, required=True, metadata={"description": "working days after the filing"})


class AppealOutcome(Document):
    appeal = fields.String(required=True)
    revision = fields.Integer(required=True)
    kind = fields.String(required=True)
    object = fields.String(required=True)
    subject = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "filed, upheld, changed, withdrawn"})
    filed_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    decision = fields.String(required=True)
    corrections = fields.List(fields.Dict(), required=True)


class AppealOutcomes(Document):
    appeals = fields.List(fields.Nested(AppealOutcome), required=True)


class AppealDocument(AppealOutcome):
    cycle = fields.String(required=True)
    object_revision = fields.Integer(required=True)
    layer = fields.String(required=True)
    unit = fields.String(required=True)
    indicator = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)
    evidence = fields.List(fields.String(), required=True)
    involved = fields.List(fields.String(), required=True, metadata={"description": "none of them decides"})
    filed_by = fields.String(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_on = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)


class Terms(Document):
    cycle = fields.String(required=True)
    revision = fields.Integer(required=True, metadata={"description": "0 while the usual terms hold"})
    file_days = fields.Integer(required=True)
    decide_days = fields.Integer(required=True)


@appeals.route("/appeals", methods=["POST"])
@appeals.arguments(NewAppeals)
@appeals.response(201, AppealOutcomes)
def file_appeals(command: dict[str, Any]) -> dict[str, Any]:
    """提出申诉 by the subject, within the term"""
    return call("declarations", "file_appeals", command)


@appeals.route("/appeals")
@appeals.arguments(AppealQuery, location="query")
@appeals.response(200, paged(AppealDocument))
def list_appeals(query: dict[str, Any]) -> dict[str, Any]:
    """申诉列表 one's own, those one decides on, overdue ones"""
    return call("declarations", "list_appeals", query, read=True)


@appeals.route("/appeals/decide", methods=["POST"])
@appeals.arguments(DecidedAppeals)
@appeals.response(200, AppealOutcomes)
def decide_appeals(command: dict[str, Any]) -> dict[str, Any]:
    """处理申诉 by someone who had no part in it; a change flows into the points"""
    return call("declarations", "decide_appeals", command)


@appeals.route("/appeals/withdraw", methods=["POST"])
@appeals.arguments(WithdrawnAppeals)
@appeals.response(200, AppealOutcomes)
def withdraw_appeals(command: dict[str, Any]) -> dict[str, Any]:
    """撤回申诉 by whoever filed it"""
    return call("declarations", "withdraw_appeals", command)


@appeals.route("/appeal-terms")
@appeals.arguments(TermsQuery, location="query")
@appeals.response(200, Terms)
def get_appeal_terms(query: dict[str, Any]) -> Any:
    """申诉期限 working days to file and to decide"""
    return etag(call("declarations", "get_appeal_terms", query, read=True))


@appeals.route("/appeal-terms", methods=["POST"])
@appeals.arguments(NewTerms)
@appeals.response(200, Terms)
def set_appeal_terms(command: dict[str, Any]) -> dict[str, Any]:
    """设定申诉期限 by the office, for appeals filed from now on"""
    return call("declarations", "set_appeal_terms", command)
