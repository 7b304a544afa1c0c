"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class BulletinFile(TypedDict):
    format: str
    month: str


class BulletinQuery(TypedDict):
    month: str


class ReportFile(TypedDict):
    channel: str | None
    format: str
    goods: str | None
    since: date
    unit: str | None
    until: date


class ReportQuery(TypedDict):
    channel: str | None
    goods: str | None
    since: date
    unit: str | None
    until: date
