"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class ExplanationPaper(TypedDict):
    run: str
    short: bool
    subject: str


class ExplanationQuery(TypedDict):
    evidence: bool
    run: str
    subject: str


class StandingExplanationPaper(TypedDict):
    cycle: str
    short: bool
    subject: str


class StandingExplanationQuery(TypedDict):
    cycle: str
    evidence: bool
    subject: str
