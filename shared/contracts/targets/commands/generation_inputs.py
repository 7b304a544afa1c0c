"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import TypedDict


class BoundQuery(TypedDict):
    after: str | None
    cycle: str
    indicator: str | None
    limit: int
    subject: str | None


class PastResult(TypedDict):
    indicator: str
    quantity: Decimal
    subject: str
    year: str


class RecordResults(TypedDict):
    results: list[PastResult]


class ResultQuery(TypedDict):
    after: str | None
    indicator: str | None
    limit: int
    subject: str | None


class Bound(TypedDict):
    ceiling: Decimal | None
    floor: Decimal | None
    indicator: str
    reason: str
    subject: str


class SetBounds(TypedDict):
    bounds: list[Bound]
    cycle: str


class EligibilityRule(TypedDict):
    not_positions: list[str]
    positions: list[str]
    prefix: str
    unit_kinds: list[str]


class SetGenerationSettings(TypedDict):
    cycle: str
    eligibility: list[EligibilityRule]
    highest: Decimal
    lowest: Decimal
    persons: dict[str, Decimal]
    positions: dict[str, Decimal]
    ratchet: Decimal
    revision: int | None
    smoothing: Decimal
    trend: Decimal
    years: int
