"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict
from uuid import UUID


class Shop(TypedDict):
    name: str
    platform: str


class ChangedTrader(TypedDict):
    address: str
    credit_code: str
    name: str
    place: str
    revision: int
    shops: list[Shop]
    trader: str
    unit: str | None


class NewTrader(TypedDict):
    address: str
    credit_code: str
    name: str
    place: str
    shops: list[Shop]
    unit: str | None


class OneTrader(TypedDict):
    trader: str


class TraderCases(TypedDict):
    cases: list[UUID]
    trader: str


class TraderFilter(TypedDict):
    after: str | None
    limit: int
    q: str | None
    skip: int
    sort: str | None
    total: bool
    unit: str | None


class TraderMerge(TypedDict):
    into: str
    trader: str
    why: str


class TraderMergeUndone(TypedDict):
    merge: str
