"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import TypedDict


class AcceptProposals(TypedDict):
    cycle: str
    natures: list[str]
    scope: str
    unit: str | None


class NewClaim(TypedDict):
    indicator: str
    subject: str | None
    target: Decimal | None


class ClaimIndicators(TypedDict):
    claims: list[NewClaim]
    cycle: str
    mode: str


class ClaimQuery(TypedDict):
    after: str | None
    cycle: str
    indicator: str | None
    layer: str | None
    limit: int
    q: str | None
    skip: int
    sort: str | None
    status: str | None
    subject: str | None
    total: bool
    unit: str | None


class ReleasedClaim(TypedDict):
    indicator: str
    quantity: Decimal | None
    subject: str | None


class ReleaseClaims(TypedDict):
    claims: list[ReleasedClaim]
    cycle: str
    mode: str
