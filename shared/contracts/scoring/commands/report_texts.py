"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class NewReportText(TypedDict):
    cycle: str
    next_steps: str
    revision: int | None
    scope: str
    summary: str
    target: str | None


class ReportTextKey(TypedDict):
    cycle: str
    scope: str
    target: str | None


class ReportTextsQuery(TypedDict):
    after: str | None
    cycle: str
    limit: int
    scope: str
    target: str | None
