"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import NotRequired, TypedDict


class DueQuery(TypedDict):
    cycle: str
    period: str
    subject: NotRequired[str]


class MineQuery(TypedDict):
    after: str | None
    cycle: str
    limit: int
    period: NotRequired[str]
    state: NotRequired[str]
    subject: NotRequired[str]
