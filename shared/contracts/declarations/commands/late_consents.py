"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import NotRequired, TypedDict


class ChosenConsent(TypedDict):
    consent: str
    revision: NotRequired[int]


class AnsweredConsents(TypedDict):
    consents: list[ChosenConsent]
    cycle: str
    decision: str
    reason: str
    until: NotRequired[date]


class LateConsentQuery(TypedDict):
    after: str | None
    assessor: NotRequired[str]
    cycle: str
    indicator: NotRequired[str]
    limit: int
    period: NotRequired[str]
    status: NotRequired[str]
    subject: NotRequired[str]
    unit: NotRequired[str]


class LateItem(TypedDict):
    indicator: str
    period: str
    subject: NotRequired[str]


class NewLateConsents(TypedDict):
    cycle: str
    items: list[LateItem]
    reason: str
