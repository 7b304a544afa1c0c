"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class CommendationsQuery(TypedDict):
    posted: bool
    run: str


class PublicationChange(TypedDict):
    objection_days: int | None
    revision: int | None
    run: str
    visible: dict[str, str]


class Publishing(TypedDict):
    objection_days: int | None
    run: str
    visible: dict[str, str]
