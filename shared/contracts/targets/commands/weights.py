"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import TypedDict


class Comparison(TypedDict):
    a: str
    b: str
    ratio: str


class AnswerQuestionnaire(TypedDict):
    comparisons: list[Comparison]
    cycle: str
    questionnaire: str


class CreateQuestionnaire(TypedDict):
    cycle: str
    method: str
    part: str
    random_index: str


class EntropyAdvice(TypedDict):
    rows: list[dict[str, Decimal]]


class OneQuestionnaire(TypedDict):
    cycle: str
    questionnaire: str


class ProposeModel(TypedDict):
    cycle: str
    despite_inconsistency: bool
    questionnaires: list[str]
    reason: str


class QuestionnaireQuery(TypedDict):
    after: str | None
    cycle: str
    limit: int
    status: str | None
