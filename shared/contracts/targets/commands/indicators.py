"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import Any, TypedDict


class IndicatorKey(TypedDict):
    cycle: str
    indicator: str
    library_revision: int | None


class IndicatorQuery(TypedDict):
    after: str | None
    category: str | None
    cycle: str
    frequency: str | None
    layer: str | None
    library_revision: int | None
    limit: int
    line: str | None
    q: str | None
    rule: str | None
    skip: int
    sort: str | None
    source: str | None
    tool: str | None
    total: bool


class Trial(TypedDict):
    counts: dict[str, Decimal]
    cycle: str
    full_points: Decimal | None
    indicator: str
    library_revision: int | None
    rule: str | None
    rule_params: Any | None
    target: Decimal | None
