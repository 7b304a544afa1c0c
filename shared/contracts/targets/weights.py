"""Weights from judgement: 权重问卷（层次分析法）."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length

from shared.contracts.operations import Family
from shared.contracts.shapes import Command, Document, Exact, batch, flag, listing, paged, word
from shared.contracts.targets.fields import quantity, text
from shared.contracts.targets.keys import CyclePage, OneCycle
from shared.vocabulary.generation import MODEL_PROPOSAL_STATES, QUESTIONNAIRE_STATES, RANDOM_INDICES, WEIGHT_METHODS

_MOST_ROWS = 5000


def _id(**options: Any) -> fields.String:
    return fields.String(validate=Length(1, 40), **options)


def _by_name(inner: fields.Field[Any], **options: Any) -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=inner, **options)


class CreateQuestionnaire(OneCycle):
    part = text(60, "person/access, station/all, composite/person …", required=True)
    method = word(WEIGHT_METHODS, load_default="eigenvector")
    random_index = word(RANDOM_INDICES, load_default="textbook")


class OneQuestionnaire(OneCycle):
    questionnaire = _id(required=True)


class QuestionnaireQuery(CyclePage):
    status = word(QUESTIONNAIRE_STATES, load_default=None)


class Comparison(Command):
    a = text(40, required=True)
    b = text(40, required=True)
    ratio = text(3, "how much more a weighs than b: 1 to 9, or 1/2 to 1/9", required=True)


class AnswerQuestionnaire(OneQuestionnaire):
    comparisons = batch(Comparison)


class ProposeModel(OneCycle):
    questionnaires = batch(_id(), limit=30)
    reason = text(500, required=True)
    despite_inconsistency = flag(load_default=False)


class EntropyAdvice(Command):
    rows = fields.List(
        fields.Dict(keys=text(40), values=quantity(required=True), validate=Length(2, 20)),
        required=True,
        validate=Length(2, _MOST_ROWS),
        metadata={"description": "one row a subject: criterion -> score"},
    )

    @validates_schema
    def even(self, data: dict[str, Any], **_options: Any) -> None:
        if any(set(row) != set(data["rows"][0]) for row in data["rows"]):
            raise ValidationError("every row has the same criteria", "rows")


class InconsistentDocument(Document):
    a = fields.String(required=True)
    b = fields.String(required=True)
    given = Exact(required=True)
    implied = Exact(required=True, metadata={"description": "what all comparisons together say"})
    suggested = fields.String(required=True, metadata={"description": "the nearest answer of the scale"})


class OutcomeDocument(Document):
    weights = _by_name(Exact(), required=True)
    lambda_max = Exact(required=True)
    consistency_index = Exact(required=True)
    consistency_ratio = Exact(required=True)
    acceptable = fields.Boolean(required=True)
    worst = fields.Nested(InconsistentDocument, required=True, allow_none=True)


class ComparisonDocument(Document):
    a = fields.String(required=True)
    b = fields.String(required=True)
    ratio = fields.String(required=True)


class JudgementDocument(OutcomeDocument):
    judge = fields.String(required=True)
    comparisons = listing(ComparisonDocument)
    revision = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)


class CriterionDocument(Document):
    code = fields.String(required=True)
    name = fields.String(required=True)


class QuestionnaireSummary(Document):
    questionnaire = fields.String(required=True)
    part = fields.String(required=True)
    method = word(WEIGHT_METHODS, required=True)
    random_index = word(RANDOM_INDICES, required=True)
    status = word(QUESTIONNAIRE_STATES, required=True)
    revision = fields.Integer(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class QuestionnaireDocument(QuestionnaireSummary):
    criteria = listing(CriterionDocument)
    judges = fields.Integer(required=True)
    outcome = fields.Nested(OutcomeDocument, required=True, allow_none=True)
    judgements = listing(JudgementDocument)


class BasisDocument(OutcomeDocument):
    questionnaire = fields.String(required=True)
    part = fields.String(required=True)
    method = word(WEIGHT_METHODS, required=True)


class WeightChangeDocument(Document):
    part = fields.String(required=True)
    component = fields.String(required=True)
    before = Exact(required=True, allow_none=True)
    after = Exact(required=True)


class ModelProposalDocument(Document):
    proposal = fields.String(required=True)
    status = word(MODEL_PROPOSAL_STATES, required=True)
    model_revision = fields.Integer(required=True, metadata={"description": "that it would change"})
    changes = listing(WeightChangeDocument)
    basis = listing(BasisDocument)
    weights = _by_name(
        _by_name(_by_name(Exact())), required=True, metadata={"description": "layer -> line -> category -> weight"}
    )
    composite = _by_name(_by_name(Exact()), required=True, metadata={"description": "target -> component -> weight"})
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    revision = fields.Integer(required=True)


class AdviceDocument(Document):
    weights = _by_name(Exact(), required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


weights = Family("targets", "weights", "权重问卷 weights from the leaders' judgement")

create_questionnaire = weights.post(
    "/cycles/<cycle>/questionnaires",
    "create_questionnaire",
    CreateQuestionnaire,
    QuestionnaireDocument,
    may="may_manage_cycle",
    status=201,
)("新建权重问卷 ask the leaders and the panel to compare the criteria of one part of the model")
list_questionnaires = weights.get(
    "/cycles/<cycle>/questionnaires",
    "list_questionnaires",
    QuestionnaireQuery,
    paged(QuestionnaireSummary),
    may="may_judge_weights",
)("权重问卷列表 questionnaires")
get_questionnaire = weights.get(
    "/cycles/<cycle>/questionnaires/<questionnaire>",
    "get_questionnaire",
    OneQuestionnaire,
    QuestionnaireDocument,
    may="may_judge_weights",
)("权重问卷 one questionnaire, with what came of it so far")
answer_questionnaire = weights.post(
    "/cycles/<cycle>/questionnaires/<questionnaire>/judgements",
    "answer_questionnaire",
    AnswerQuestionnaire,
    JudgementDocument,
    may="may_judge_weights",
)("两两比较 one's comparisons; answers with their consistency and the comparison that fits least")
close_questionnaire = weights.post(
    "/cycles/<cycle>/questionnaires/<questionnaire>/close",
    "close_questionnaire",
    OneQuestionnaire,
    QuestionnaireDocument,
    may="may_manage_cycle",
)("截止问卷 no more answers")
propose_model = weights.post(
    "/cycles/<cycle>/model-proposals",
    "propose_model",
    ProposeModel,
    ModelProposalDocument,
    may="may_manage_cycle",
    status=201,
)("提出模型修订 a change of the model from closed questionnaires")
list_model_proposals = weights.get(
    "/cycles/<cycle>/model-proposals",
    "list_model_proposals",
    CyclePage,
    paged(ModelProposalDocument),
    may="may_see_drafts",
)("模型修订建议 proposed changes of the model")
advise_weights = weights.post(
    "/weights/entropy", "advise_weights", EntropyAdvice, AdviceDocument, may="may_see_drafts", reads=True
)("熵权参考 weights by dispersion of past scores; advice only")
