"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class ChangedCounterfeit(TypedDict):
    contact: str
    entry: str
    false: str
    genuine: str
    goods: str
    mark: str
    pictures: list[str]
    revision: int
    right_holder: str
    source: str
    traders: list[str]
    why: str
    withdrawn: bool


class CounterfeitFilter(TypedDict):
    after: str | None
    limit: int
    q: str | None
    skip: int
    sort: str | None
    total: bool
    withdrawn: bool


class NewCounterfeit(TypedDict):
    contact: str
    false: str
    genuine: str
    goods: str
    mark: str
    pictures: list[str]
    right_holder: str
    source: str
    traders: list[str]
    why: str


class OneCounterfeit(TypedDict):
    entry: str
