"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import NotRequired, TypedDict


class Replay(TypedDict):
    after: NotRequired[str | None]
    limit: int
