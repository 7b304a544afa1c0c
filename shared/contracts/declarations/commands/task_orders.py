"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict


class ChosenOrder(TypedDict):
    note: str
    order: str
    revision: NotRequired[int]


class ChosenOrders(TypedDict):
    cycle: str
    mode: str
    orders: list[ChosenOrder]


class JudgedOrder(TypedDict):
    counts: dict[str, Decimal]
    note: str
    order: str
    revision: NotRequired[int]


class JudgedOrders(TypedDict):
    cycle: str
    mode: str
    orders: list[JudgedOrder]


class NewOrder(TypedDict):
    deadline: date
    indicator: str
    period: str
    points: NotRequired[Decimal | None]
    standard: str
    subjects: list[str]
    title: str


class NewOrders(TypedDict):
    cycle: str
    orders: list[NewOrder]


class OneOrder(TypedDict):
    cycle: str
    order: str


class OrderQuery(TypedDict):
    after: str | None
    assessor: NotRequired[str]
    cycle: str
    due_from: NotRequired[date]
    due_to: NotRequired[date]
    indicator: NotRequired[str]
    issued_by: NotRequired[str]
    limit: int
    origin: NotRequired[str]
    period: NotRequired[str]
    q: str | None
    risk: NotRequired[str]
    silent: int
    skip: int
    sort: str | None
    status: NotRequired[str]
    subject: NotRequired[str]
    total: bool
    unit: NotRequired[str]
    waiting: NotRequired[str]
    within: int


class PostponedOrder(TypedDict):
    deadline: date
    note: str
    order: str
    revision: NotRequired[int]


class PostponedOrders(TypedDict):
    cycle: str
    mode: str
    orders: list[PostponedOrder]


class ReportedOrder(TypedDict):
    note: str
    order: str
    percent: NotRequired[int | None]
    revision: NotRequired[int]


class ReportedOrders(TypedDict):
    cycle: str
    mode: str
    orders: list[ReportedOrder]
