"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class RunExport(TypedDict):
    format: str
    layer: str
    run: str


class StandingExport(TypedDict):
    cycle: str
    format: str
    layer: str
