"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import Any, NotRequired, TypedDict


class ContributionRow(TypedDict):
    contribution: NotRequired[str]
    effect: str
    indicator: str
    level: str | None
    proof: str
    revision: NotRequired[int]
    row: int
    title: str


class OrderRow(TypedDict):
    deed: str
    note: str
    order: str
    revision: NotRequired[int]
    row: int


class ReviewRow(TypedDict):
    counts: NotRequired[dict[str, Decimal] | None]
    evidence: list[str]
    indicator: str
    remark: str
    revision: NotRequired[int]
    row: int
    self_points: NotRequired[Decimal | None]


class ShownForm(TypedDict):
    cycle: str
    form: str
    inside: bool
    period: str
    subject: NotRequired[str]


class TakenForm(TypedDict):
    confirmed: bool
    cycle: str
    draft: bool
    dry_run: bool
    form: str
    period: str
    rows: list[dict[Any, Any]]
    subject: NotRequired[str]
