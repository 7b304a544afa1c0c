"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import TypedDict


class GapQuery(TypedDict):
    after: str | None
    cycle: str
    indicator: str | None
    limit: int
    unit: str | None


class MovementQuery(TypedDict):
    after: str | None
    cycle: str
    giver: str | None
    indicator: str | None
    limit: int
    q: str | None
    skip: int
    sort: str | None
    taker: str | None
    total: bool


class PermitExcess(TypedDict):
    cycle: str
    indicator: str
    quantity: Decimal
    reason: str
    unit: str


class SetClaimDeadline(TypedDict):
    cycle: str
    last_day: date
    step: str


class SubstitutePerson(TypedDict):
    cycle: str
    giver: str
    keep_served: bool
    last_day: date | None
    reason: str
    taker: str | None


class Transfer(TypedDict):
    giver: str
    indicator: str
    quantity: Decimal | None
    taker: str


class TransferClaims(TypedDict):
    cycle: str
    reason: str
    transfers: list[Transfer]
