"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class MonthFactsQuery(TypedDict):
    after: str | None
    limit: int
    month: str
    subject: str


class MonthFiguresQuery(TypedDict):
    after: str | None
    layer: str | None
    limit: int
    month: str


class OneMonth(TypedDict):
    month: str


class PeriodFactsQuery(TypedDict):
    after: str | None
    figure: str | None
    handler: str | None
    limit: int
    since: date
    unit: str | None
    until: date


class PeriodQuery(TypedDict):
    denominator: str
    handler: str | None
    since: date
    unit: str | None
    until: date


class PeriodScope(TypedDict):
    handler: str | None
    since: date
    unit: str | None
    until: date
