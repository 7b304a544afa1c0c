"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict


class Cancellation(TypedDict):
    cycle: str
    reason: str
    revision: NotRequired[int]
    spot_check: str


class ChosenItem(TypedDict):
    item: str
    kind: str


class CheckOnTheSpot(TypedDict):
    cycle: str
    items: list[ChosenItem]
    reason: str
    title: str
    veto_indicator: NotRequired[str]


class ChosenSpotCheck(TypedDict):
    cycle: str
    revision: NotRequired[int]
    spot_check: str


class CorrectionQuery(TypedDict):
    cycle: str
    item: str
    kind: str


class Drawing(TypedDict):
    cycle: str
    revision: NotRequired[int]
    spot_check: str
    value: str


class Method(TypedDict):
    aql: Decimal
    confidence: Decimal
    expected: int
    floor: Decimal
    level: str
    name: str
    rate: Decimal
    severity: str
    size: NotRequired[int]
    strata: bool


class NewSpotCheck(TypedDict):
    cycle: str
    indicator: NotRequired[str]
    inspectors: list[str]
    kinds: list[str]
    line: NotRequired[str]
    method: Method
    period: str
    title: str
    unit: NotRequired[str]
    value_due: date
    value_name: str
    veto_indicator: NotRequired[str]


class OneSpotCheck(TypedDict):
    spot_check: str


class SpotCheckQuery(TypedDict):
    after: str | None
    cycle: str
    kind: NotRequired[str]
    limit: int
    period: NotRequired[str]
    q: str | None
    skip: int
    sort: str | None
    status: NotRequired[str]
    total: bool
