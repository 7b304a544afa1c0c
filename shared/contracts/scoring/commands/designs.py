"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import Any, NotRequired, TypedDict


class DesignQuery(TypedDict):
    cycle: str
    layer: str
    run: str | None


class ChangedIndicator(TypedDict):
    active: NotRequired[bool]
    full_points: NotRequired[Decimal]
    rule_params: NotRequired[Any]


class AddedVeto(TypedDict):
    indicator: NotRequired[str]
    reason: NotRequired[str]
    subject: str


class ChangedVetoes(TypedDict):
    add: list[AddedVeto]
    lift: list[str]


class ChangedPoints(TypedDict):
    indicator: str
    points: Decimal | None
    subject: str


class ChangeSet(TypedDict):
    composite: NotRequired[dict[str, dict[str, Decimal]]]
    grade_values: NotRequired[dict[str, Decimal]]
    indicators: NotRequired[dict[str, ChangedIndicator]]
    points: NotRequired[list[ChangedPoints]]
    quota_percent: NotRequired[int]
    rounding: NotRequired[str]
    tie_chain: NotRequired[list[str]]
    vetoes: NotRequired[ChangedVetoes]
    weights: NotRequired[dict[str, dict[str, dict[str, Decimal]]]]


class Trying(TypedDict):
    changes: ChangeSet
    cycle: str
    layer: str
    limit: int
    run: str | None
