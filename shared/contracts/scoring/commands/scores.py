"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class OneCycle(TypedDict):
    cycle: str


class OneRun(TypedDict):
    run: str


class RunPage(TypedDict):
    after: str | None
    limit: int
    run: str


class RunSubject(TypedDict):
    run: str
    subject: str
