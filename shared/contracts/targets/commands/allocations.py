"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import TypedDict


class AllocationQuery(TypedDict):
    after: str | None
    cycle: str
    indicator: str | None
    limit: int
    q: str | None
    skip: int
    sort: str | None
    total: bool
    unit: str | None


class BalanceQuery(TypedDict):
    after: str | None
    cycle: str
    limit: int
    q: str | None
    skip: int
    sort: str | None
    total: bool
    unit: str | None


class ProposalQuery(TypedDict):
    after: str | None
    cycle: str
    indicator: str | None
    limit: int
    q: str | None
    skip: int
    sort: str | None
    subject: str | None
    total: bool
    unit: str | None


class UnitShare(TypedDict):
    indicator: str
    quantity: Decimal
    unit: str


class SetAllocations(TypedDict):
    accept_proposals: bool
    allocations: list[UnitShare] | None
    cycle: str
