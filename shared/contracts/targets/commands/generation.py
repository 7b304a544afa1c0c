"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class ForecastQuery(TypedDict):
    after: str | None
    cycle: str
    generation: int
    indicator: str | None
    limit: int
    subject: str | None


class OneGeneration(TypedDict):
    cycle: str
    generation: int
