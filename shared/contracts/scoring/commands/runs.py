"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class Approval(TypedDict):
    chosen: dict[str, dict[str, str]]
    run: str


class TallyEntry(TypedDict):
    digest: str
    states: str


class NewRun(TypedDict):
    cycle: str
    expected: dict[str, TallyEntry] | None


class RankingQuery(TypedDict):
    after: str | None
    layer: str
    limit: int
    run: str
    unit: str | None


class RunsQuery(TypedDict):
    after: str | None
    cycle: str | None
    limit: int


class ScoresQuery(TypedDict):
    after: str | None
    layer: str | None
    limit: int
    run: str
