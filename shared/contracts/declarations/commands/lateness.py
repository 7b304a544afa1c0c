"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import NotRequired, TypedDict


class LatenessQuery(TypedDict):
    after: str | None
    cycle: str
    limit: int
    period: NotRequired[str]
    person: NotRequired[str]
    step: NotRequired[str]
    unit: NotRequired[str]


class LyingFact(TypedDict):
    fact: str
    kind: str


class LyingQuery(TypedDict):
    cycle: str
    items: list[LyingFact]
