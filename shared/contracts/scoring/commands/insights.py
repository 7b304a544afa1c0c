"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class MatrixQuery(TypedDict):
    category: str | None
    cycle: str
    layer: str
    line: str | None
    run: str | None


class SeriesQuery(TypedDict):
    cycle: str
    run: str | None
    subject: str | None
