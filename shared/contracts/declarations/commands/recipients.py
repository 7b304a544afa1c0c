"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import Any, TypedDict


class NewTokens(TypedDict):
    campaign: str
    group: str
    number: int


class TokenBallot(TypedDict):
    campaign: str
    token: str
    votes: dict[str, Any]


class TokenHolder(TypedDict):
    campaign: str
    token: str
