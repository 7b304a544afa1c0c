"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import NotRequired, TypedDict


class CycleRevision(TypedDict):
    cycle: str
    revision: int | None


class DraftChangeKey(TypedDict):
    change: NotRequired[int]
    cycle: str
    revision: int | None


class DraftChangesQuery(TypedDict):
    after: str | None
    cycle: str
    limit: int


class DraftRevision(TypedDict):
    cycle: str
    revision: int | None
