"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict
from uuid import UUID


class ChangedGoodsPlan(TypedDict):
    closed: bool
    goods: str
    plan: str
    quarter: str
    revision: int
    title: str
    traders: list[str]
    unit: str | None
    wanted: int


class GoodsPlanFilter(TypedDict):
    after: str | None
    closed: bool | None
    limit: int
    q: str | None
    quarter: str | None
    skip: int
    sort: str | None
    total: bool


class NewGoodsPlan(TypedDict):
    goods: str
    quarter: str
    title: str
    traders: list[str]
    unit: str | None
    wanted: int


class NewSample(TypedDict):
    batch: str
    brand: str
    plan: str
    taken_on: date
    trader: str
    unit: str


class OneSample(TypedDict):
    sample: str


class RatesQuery(TypedDict):
    year: str


class SampleFilter(TypedDict):
    after: str | None
    failed: bool | None
    limit: int
    plan: UUID | None
    q: str | None
    quarter: str | None
    skip: int
    sort: str | None
    status: str | None
    total: bool
    trader: str | None
    unit: str | None


class SampleStep(TypedDict):
    case: UUID | None
    items: list[str]
    laboratory: str
    on: date
    passed: bool | None
    report_number: str
    revision: int
    sample: str
    standard: str
    step: str
    text: str
