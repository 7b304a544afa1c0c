"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import TypedDict


class AnswerHandover(TypedDict):
    accept: bool
    cycle: str
    handover: str
    note: str


class DecideHandover(TypedDict):
    confirm: bool
    cycle: str
    handover: str
    note: str


class HandoverQuery(TypedDict):
    after: str | None
    cycle: str
    limit: int
    q: str | None
    skip: int
    sort: str | None
    status: str | None
    total: bool
    unit: str | None


class OneHandover(TypedDict):
    cycle: str
    handover: str
    note: str


class HandedItem(TypedDict):
    indicator: str
    quantity: Decimal | None


class ProposeHandover(TypedDict):
    cycle: str
    items: list[HandedItem]
    keep_served: bool
    kind: str
    last_day: date | None
    reason: str
    taker: str


class SetHandoverRule(TypedDict):
    confirm: bool
    cycle: str
    days: int | None
    revision: int | None
