"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import TypedDict


class OtherGrade(TypedDict):
    grade: str
    reason: str


class GradeConfirmation(TypedDict):
    otherwise: OtherGrade | None
    revision: int | None
    run: str


class GradeDecision(TypedDict):
    otherwise: dict[str, OtherGrade]
    revision: int | None
    run: str


class GradeQuery(TypedDict):
    after: str | None
    grade: str | None
    limit: int
    run: str


class GradeSettlement(TypedDict):
    circumstances: dict[str, str]
    grade: str
    person: str
    reason: str
    revision: int | None
    run: str


class Marks(TypedDict):
    basic: Decimal
    competent: Decimal
    excellent_percent: int
    quota_base: str


class NewGrades(TypedDict):
    circumstances: dict[str, dict[str, str]]
    marks: Marks
    run: str
