"""Weights from judgement: 权重问卷（层次分析法）."""

from typing import Any

from marshmallow import fields

from gateway.api.core import Command, Document, Exact, PageQuery, batch, blueprint, paged, text
from gateway.rpc import call

weights = blueprint("weights", "权重问卷 weights from the leaders' judgement")


class NewQuestionnaire(Command):
    part = text(60, required=True, metadata={"description": "person/access, station/all, composite/person …"})
    method = text(20, metadata={"description": "eigenvector (default), geometric_mean, column_sum"})
    random_index = text(20, metadata={"description": "textbook (default) or saaty_2005"})


class QuestionnaireQuery(PageQuery):
    status = text(10)


class ComparisonBody(Command):
    a = text(40, required=True)
    b = text(40, required=True)
    ratio = text(3, required=True, metadata={"description": "how much more a weighs than b: 1 to 9, or 1/2 to 1/9"})


class AnswerBody(Command):
    comparisons = batch(ComparisonBody)


class ProposalBody(Command):
    questionnaires = batch(fields.String(), limit=30)
    reason = text(500, required=True)
    despite_inconsistency = fields.Boolean()


class EntropyBody(Command):
    rows = fields.List(
        fields.Dict(keys=fields.String(), values=Exact()),
        required=True,
        metadata={"description": "one row a subject: criterion -> score"},
    )


class InconsistentDocument(Document):
    a = fields.String(required=True)
    b = fields.String(required=True)
    given = Exact(required=True)
    implied = Exact(required=True, metadata={"description": "what all comparisons together say"})
    suggested = fields.String(required=True, metadata={"description": "the nearest answer of the scale"})


class OutcomeDocument(Document):
    weights = fields.Dict(keys=fields.String(), values=Exact(), required=True)
    lambda_max = Exact(required=True)
    consistency_index = Exact(required=True)
    consistency_ratio = Exact(required=True)
    acceptable = fields.Boolean(required=True)
    worst = fields.Nested(InconsistentDocument, required=True, allow_none=True)


class JudgementDocument(OutcomeDocument):
    judge = fields.String(required=True)
    revision = fields.Integer(required=True)


class CriterionDocument(Document):
    code = fields.String(required=True)
    name = fields.String(required=True)


class QuestionnaireSummary(Document):
    questionnaire = fields.String(required=True)
    part = fields.String(required=True)
    method = fields.String(required=True)
    random_index = fields.String(required=True)
    status = fields.String(required=True)
    revision = fields.Integer(required=True)
    by = fields.String(required=True)
    at = fields.DateTime(required=True)


class QuestionnaireDocument(QuestionnaireSummary):
    criteria = fields.List(fields.Nested(CriterionDocument), required=True)
    judges = fields.Integer(required=True)
    outcome = fields.Nested(OutcomeDocument, required=True, allow_none=True)
    judgements = fields.List(fields.Nested(JudgementDocument), required=True)


class ChangeDocument(Document):
    part = fields.String(required=True)
    component = fields.String(required=True)
    before = Exact(required=True, allow_none=True)
    after = Exact(required=True)


class ModelProposalDocument(Document):
    proposal = fields.String(required=True)
    status = fields.String(required=True)
    model_revision = fields.Integer(required=True, metadata={"description": "that it would change"})
    changes = fields.List(fields.Nested(ChangeDocument), required=True)
    basis = fields.List(fields.Dict(), required=True)
    weights = fields.Dict(required=True)
    composite = fields.Dict(required=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.DateTime(required=True)
    revision = fields.Integer(required=True)


class AdviceDocument(Document):
    weights = fields.Dict(keys=fields.String(), values=Exact(), required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


@weights.route("/cycles/<cycle>/questionnaires", methods=["POST"])
@weights.arguments(NewQuestionnaire)
@weights.response(201, QuestionnaireDocument)
def create_questionnaire(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """新建权重问卷 ask the leaders and the panel to compare the criteria of one part of the model"""
    return call("targets", "create_questionnaire", {**command, "cycle": cycle})


@weights.route("/cycles/<cycle>/questionnaires")
@weights.arguments(QuestionnaireQuery, location="query")
@weights.response(200, paged(QuestionnaireSummary))
def list_questionnaires(query: dict[str, Any], cycle: str) -> dict[str, Any]:
    """权重问卷列表 questionnaires"""
    return call("targets", "list_questionnaires", {**query, "cycle": cycle}, read=True)


@weights.route("/cycles/<cycle>/questionnaires/<questionnaire>")
@weights.response(200, QuestionnaireDocument)
def get_questionnaire(cycle: str, questionnaire: str) -> dict[str, Any]:
    """权重问卷 one questionnaire, with what came of it so far"""
    return call("targets", "get_questionnaire", {"cycle": cycle, "questionnaire": questionnaire}, read=True)


@weights.route("/cycles/<cycle>/questionnaires/<questionnaire>/judgements", methods=["POST"])
@weights.arguments(AnswerBody)
@weights.response(200, JudgementDocument)
def answer_questionnaire(command: dict[str, Any], cycle: str, questionnaire: str) -> dict[str, Any]:
    """两两比较 one's comparisons; answers with their consistency and the comparison that fits least"""
    body = {**command, "cycle": cycle, "questionnaire": questionnaire}
    return call("targets", "answer_questionnaire", body)


@weights.route("/cycles/<cycle>/questionnaires/<questionnaire>/close", methods=["POST"])
@weights.response(200, QuestionnaireDocument)
def close_questionnaire(cycle: str, questionnaire: str) -> dict[str, Any]:
    """截止问卷 no more answers"""
    return call("targets", "close_questionnaire", {"cycle": cycle, "questionnaire": questionnaire})


@weights.route("/cycles/<cycle>/model-proposals", methods=["POST"])
@weights.arguments(ProposalBody)
@weights.response(201, ModelProposalDocument)
def propose_model(command: dict[str, Any], cycle: str) -> dict[str, Any]:
    """提出模型修订 a change of the model from closed questionnaires"""
    return call("targets", "propose_model", {**command, "cycle": cycle})


@weights.route("/cycles/<cycle>/model-proposals")
@weights.arguments(PageQuery, location="query")
@weights.response(200, paged(ModelProposalDocument))
def list_model_proposals(query: dict[str, Any], cycle: str) -> dict[str, Any]:
    """模型修订建议 proposed changes of the model"""
    return call("targets", "list_model_proposals", {**query, "cycle": cycle}, read=True)


@weights.route("/weights/entropy", methods=["POST"])
@weights.arguments(EntropyBody)
@weights.response(200, AdviceDocument)
def advise_weights(command: dict[str, Any]) -> dict[str, Any]:
    """熵权参考 weights by dispersion of past scores; advice only"""
    return call("targets", "advise_weights", command, read=True)
