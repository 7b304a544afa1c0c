"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class SeatsQuery(TypedDict):
    concentration: int
    draws: int
    layer: str
    run: str


class SelectionQuery(TypedDict):
    layer: str
    run: str
