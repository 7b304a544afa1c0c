"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import NotRequired, TypedDict


class DoneQuery(TypedDict):
    before: NotRequired[int]
    cycle: str
    kind: NotRequired[str]
    limit: int


class ToDoQuery(TypedDict):
    cycle: NotRequired[str]
