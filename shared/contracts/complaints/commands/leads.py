"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class HotSpotQuery(TypedDict):
    kind: str | None
    on: date | None


class LeadQuery(TypedDict):
    after: str | None
    limit: int
    status: str | None


class NewLead(TypedDict):
    deadline: date
    line: str
    source: str
    source_code: str
    text: str
    title: str
    unit: str


class WithdrawnLead(TypedDict):
    lead: str
    reason: str
    revision: int
