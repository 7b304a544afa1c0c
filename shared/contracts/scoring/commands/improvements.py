"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class ImprovementQuery(TypedDict):
    after: str | None
    limit: int
    run: str
    status: str | None
    subject: str | None


class ImprovementStep(TypedDict):
    improvement: str
    reason: str
    revision: int | None


class NewImprovement(TypedDict):
    cycle: str
    deadline: date
    indicator: str
    period: str
    run: str
    standard: str
    subject: str
    title: str
    weak_indicator: str


class NewProblem(TypedDict):
    action: str
    changes: dict[str, str]
    indicator: str
    reason: str
    run: str
