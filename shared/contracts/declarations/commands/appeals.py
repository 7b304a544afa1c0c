"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict


class AppealQuery(TypedDict):
    after: str | None
    cycle: str
    due_from: NotRequired[date]
    due_to: NotRequired[date]
    kind: NotRequired[str]
    limit: int
    object: NotRequired[str]
    overdue: bool
    q: str | None
    skip: int
    sort: str | None
    status: NotRequired[str]
    subject: NotRequired[str]
    total: bool
    unit: NotRequired[str]
    waiting: NotRequired[str]


class CorrectedItem(TypedDict):
    counts: dict[str, Decimal]
    item: str
    kind: str


class DecidedAppeal(TypedDict):
    appeal: str
    counts: NotRequired[dict[str, Decimal] | None]
    decision: str
    items: NotRequired[list[CorrectedItem]]
    outcome: str
    revision: NotRequired[int]
    verdict: NotRequired[str]


class DecidedAppeals(TypedDict):
    appeals: list[DecidedAppeal]
    cycle: str
    mode: str


class NewAppeal(TypedDict):
    evidence: list[str]
    kind: str
    object: str
    subject: NotRequired[str]
    text: str


class NewAppeals(TypedDict):
    appeals: list[NewAppeal]
    cycle: str
    mode: str


class NewTerms(TypedDict):
    cycle: str
    decide_days: int
    file_days: int
    revision: NotRequired[int]
    since: date | None


class OneAppeal(TypedDict):
    appeal: str
    cycle: str


class WithdrawnAppeal(TypedDict):
    appeal: str
    reason: str
    revision: NotRequired[int]


class WithdrawnAppeals(TypedDict):
    appeals: list[WithdrawnAppeal]
    cycle: str
    mode: str
