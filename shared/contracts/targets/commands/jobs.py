"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict
from uuid import UUID


class JobQuery(TypedDict):
    after: str | None
    cycle: str | None
    limit: int


class OneJob(TypedDict):
    job: UUID


class StartJob(TypedDict):
    cycle: str
    kind: str
    natures: list[str]
