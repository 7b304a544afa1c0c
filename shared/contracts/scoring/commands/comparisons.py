"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class ComparisonQuery(TypedDict):
    after: str | None
    against: str | None
    limit: int
    run: str
