"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import NotRequired, TypedDict


class TimetableRule(TypedDict):
    assess: NotRequired[int | None]
    correct: NotRequired[int | None]
    declare: NotRequired[int | None]
    escalate: NotRequired[int | None]
    frequency: str
    remind: NotRequired[int | None]
    since: NotRequired[date]
    verify: NotRequired[int | None]


class NewTimetable(TypedDict):
    cycle: str
    rules: list[TimetableRule]
