"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import NotRequired, TypedDict


class DelegationQuery(TypedDict):
    active: bool
    after: str | None
    limit: int


class EndedDelegation(TypedDict):
    delegation: str
    revision: NotRequired[int]


class HandedUp(TypedDict):
    cycle: str
    reason: str
    unit: str


class NewDelegation(TypedDict):
    delegate: str
    ends: date
    principal: NotRequired[str]
    reason: str
    role: str
    starts: date
    target: NotRequired[str | None]
