"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from decimal import Decimal
from typing import TypedDict


class LeadOrder(TypedDict):
    cycle: str
    deadline: date
    indicator: str
    lead: str
    period: str
    points: Decimal | None
    standard: str
    subject: str


class LeadsToOrder(TypedDict):
    after: str | None
    cycle: str
    limit: int
    line: str | None
