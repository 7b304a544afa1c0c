"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class AssumedFact(TypedDict):
    fact: str
    kind: str
    reason: str


class Assuming(TypedDict):
    cycle: str
    items: list[AssumedFact]


class WaitingQuery(TypedDict):
    after: str | None
    cycle: str
    deadlines: bool
    limit: int
