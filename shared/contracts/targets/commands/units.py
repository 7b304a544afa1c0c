"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import NotRequired, TypedDict


class PositionQuery(TypedDict):
    after: str | None
    limit: int
    on: date | None
    q: str | None
    skip: int
    sort: str | None
    total: bool
    unit_kind: str | None


class UnitChange(TypedDict):
    active: NotRequired[bool]
    effective: date | None
    line: NotRequired[str]
    name: NotRequired[str]
    notes: NotRequired[str]
    parent: NotRequired[str | None]
    revision: int | None
    unit: str


class UnitKey(TypedDict):
    unit: str


class UnitQuery(TypedDict):
    after: str | None
    kind: str | None
    limit: int
    line: str | None
    on: date | None
    q: str | None
    skip: int
    sort: str | None
    total: bool
