"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class ReportQuery(TypedDict):
    run: str
    scope: str
    target: str | None
