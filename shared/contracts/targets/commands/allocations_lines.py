"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import TypedDict

from shared.contracts.targets.commands.allocations import UnitShare


class LineAllocationQuery(TypedDict):
    after: str | None
    cycle: str
    indicator: str | None
    limit: int
    line: str | None


class LineShare(TypedDict):
    indicator: str
    line: str
    quantity: Decimal


class SetLineAllocations(TypedDict):
    allocations: list[LineShare]
    cycle: str
    reason: str | None


class UnitShares(TypedDict):
    cycle: str
    reason: str
    shares: list[UnitShare]
