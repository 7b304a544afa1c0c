"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import Any, TypedDict


class IndicatorProposalQuery(TypedDict):
    after: str | None
    cycle: str | None
    indicator: str | None
    limit: int
    status: str | None


class ProposalDecision(TypedDict):
    decision: str
    proposal: str
    reason: str


class ProposalDecisions(TypedDict):
    decisions: list[ProposalDecision]


class ProposalKey(TypedDict):
    proposal: str


class ProposedChange(TypedDict):
    action: str
    changes: dict[str, Any | None]
    cycle: str
    indicator: str
    reason: str
