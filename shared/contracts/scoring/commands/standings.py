"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import TypedDict


class Composing(TypedDict):
    categories: dict[str, Decimal | None]
    components: dict[str, Decimal | None]
    composite: dict[str, Decimal]
    cycle: str | None
    layer: str
    line: str | None
    rounding: str | None
    weights: dict[str, Decimal]


class StandingQuery(TypedDict):
    after: str | None
    cycle: str
    layer: str
    limit: int
    unit: str | None
