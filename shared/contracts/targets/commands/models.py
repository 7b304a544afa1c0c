"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict


class ModelQuery(TypedDict):
    cycle: str
    model_revision: int | None
    on: date | None


class ModelTakeBack(TypedDict):
    cycle: str
    model_revision: NotRequired[int]
    parts: list[str] | None
    revision: int | None


class NewModel(TypedDict):
    composite: NotRequired[dict[str, dict[str, Decimal]]]
    cycle: str
    effective: date | None
    evaluations: NotRequired[str]
    grade_values: NotRequired[dict[str, Decimal]]
    note: str
    proposal: str | None
    quota_percent: NotRequired[int]
    revision: int | None
    rounding: NotRequired[str]
    tie_chain: NotRequired[list[str]]
    weights: NotRequired[dict[str, dict[str, dict[str, Decimal]]]]
