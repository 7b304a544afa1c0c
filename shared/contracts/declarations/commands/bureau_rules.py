"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import TypedDict


class PlausibleBound(TypedDict):
    confirm_above: Decimal
    indicator: str
    refuse_above: Decimal


class NewBounds(TypedDict):
    bounds: list[PlausibleBound]
    cycle: str


class NewDeclarationRule(TypedDict):
    rule: str
    starts: date
    value: int
