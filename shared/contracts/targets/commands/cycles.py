"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import NotRequired, TypedDict


class CycleChange(TypedDict):
    calendar: NotRequired[dict[date, bool]]
    cycle: str
    quota_percent: NotRequired[int]
    revision: int | None
    rounding: NotRequired[str]
    tie_chain: NotRequired[list[str]]


class CycleKey(TypedDict):
    cycle: str


class CycleStep(TypedDict):
    cycle: str
    revision: int | None
    status: str


class NewCycle(TypedDict):
    calendar: NotRequired[dict[date, bool]]
    copy_from: str | None
    cycle: str
    ends: NotRequired[date]
    quota_percent: NotRequired[int]
    rounding: NotRequired[str]
    starts: NotRequired[date]
    tie_chain: NotRequired[list[str]]
