"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import NotRequired, TypedDict


class ChosenContribution(TypedDict):
    contribution: str
    revision: NotRequired[int]


class ChosenContributions(TypedDict):
    contributions: list[ChosenContribution]
    cycle: str
    mode: str


class ContributionQuery(TypedDict):
    after: str | None
    cycle: str
    indicator: NotRequired[str]
    limit: int
    period: NotRequired[str]
    q: str | None
    skip: int
    sort: str | None
    status: NotRequired[str]
    subject: NotRequired[str]
    total: bool
    unit: NotRequired[str]
    waiting: NotRequired[str]


class ContributionsTakenBack(TypedDict):
    contributions: list[ChosenContribution]
    cycle: str
    mode: str
    reason: str


class Share(TypedDict):
    share: Decimal
    subject: str


class NewContribution(TypedDict):
    contribution: NotRequired[str]
    effect: str
    evidence: list[str]
    indicator: str
    level: NotRequired[str | None]
    period: str
    proof: str
    revision: NotRequired[int]
    shares: list[Share]
    subject: str
    title: str


class NewContributions(TypedDict):
    contributions: list[NewContribution]
    cycle: str


class NewOpinion(TypedDict):
    agree: NotRequired[bool | None]
    contribution: str
    note: str
    recused: bool


class NewOpinions(TypedDict):
    cycle: str
    mode: str
    opinions: list[NewOpinion]


class OneContribution(TypedDict):
    contribution: str
    cycle: str


class Screening(TypedDict):
    contributions: list[ChosenContribution]
    cycle: str
    decision: str
    mode: str
    reason: str


class SettledContribution(TypedDict):
    contribution: str
    counts: NotRequired[dict[str, Decimal] | None]
    revision: NotRequired[int]
    shares: NotRequired[list[Share] | None]


class Settlement(TypedDict):
    contributions: list[SettledContribution]
    cycle: str
    decision: str
    mode: str
    reason: str


class ShareAnswer(TypedDict):
    agree: bool
    contribution: str
    note: str
    revision: NotRequired[int]
    subject: str


class ShareAnswers(TypedDict):
    contributions: list[ShareAnswer]
    cycle: str
    mode: str
