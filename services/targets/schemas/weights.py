"""Commands and queries on weights from judgement."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.targets.domain.weights import METHODS, RANDOM_INDEX
from services.targets.schemas.fields import Command, Page, Quantity, batch, text, year

_ID = validate.Length(1, 40)
_LARGEST_TABLE = 5000


class CreateQuestionnaire(Command):
    cycle = year()
    part = text(60, required=True)
    method = fields.String(load_default="eigenvector", validate=validate.OneOf(tuple(METHODS)))
    random_index = fields.String(load_default="textbook", validate=validate.OneOf(tuple(RANDOM_INDEX)))


class QuestionnaireKey(Command):
    cycle = year()
    questionnaire = fields.String(required=True, validate=_ID)


class QuestionnaireQuery(Page):
    cycle = year()
    status = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(("open", "closed")))


class _Comparison(Command):
    a = text(40, required=True)
    b = text(40, required=True)
    ratio = text(3, required=True)


class AnswerQuestionnaire(QuestionnaireKey):
    comparisons = batch(_Comparison, required=True)


class ProposeModel(Command):
    cycle = year()
    questionnaires = fields.List(fields.String(validate=_ID), required=True, validate=validate.Length(1, 30))
    reason = text(500, required=True)
    despite_inconsistency = fields.Boolean(load_default=False)


class ModelProposalQuery(Page):
    cycle = year()


class ModelProposalKey(Command):
    cycle = year()
    proposal = fields.String(required=True, validate=_ID)


class EntropyAdvice(Command):
    rows = fields.List(
        fields.Dict(keys=text(40), values=Quantity(required=True), validate=validate.Length(2, 20)),
        required=True,
        validate=validate.Length(2, _LARGEST_TABLE),
    )

    @validates_schema
    def even(self, data: dict[str, Any], **_options: Any) -> None:
        if any(set(row) != set(data["rows"][0]) for row in data["rows"]):
            raise ValidationError("every row has the same criteria", "rows")
