"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from shared.contracts.complaints.commands.procedure import AgentEntry, ComplainantEntry


class CaseFilter(TypedDict):
    channel: str | None
    colour: str | None
    due_before: date | None
    handler: str | None
    kind: str | None
    organisation: str | None
    overdue: bool | None
    publication: str | None
    queue: str | None
    status: str | None
    supervised: bool | None
    trader: str | None
    unit: str | None


class CaseQuery(TypedDict):
    after: str | None
    channel: str | None
    colour: str | None
    due_before: date | None
    handler: str | None
    kind: str | None
    limit: int
    organisation: str | None
    overdue: bool | None
    publication: str | None
    q: str | None
    queue: str | None
    skip: int
    sort: str | None
    status: str | None
    supervised: bool | None
    total: bool
    trader: str | None
    unit: str | None


class ReportPart(TypedDict):
    goods: str
    number: str | None
    real_name: bool
    summary: str


class NewCase(TypedDict):
    address: str
    agent: AgentEntry | None
    amount: Decimal | None
    at: datetime | None
    channel: str | None
    consumer: str
    first_received_at: datetime | None
    goods: str
    id_number: str
    intake_unit: str
    kind: str
    linked_to: UUID | None
    number: str | None
    on_behalf_of: str | None
    phone: str
    platform_number: str | None
    real_name: bool
    received_at: datetime | None
    report: ReportPart | None
    request: str
    summary: str
    tell_by: str | None
    together: list[ComplainantEntry]
    trader: str
    trader_address: str
    trader_code: str
    why: str


class NewCases(TypedDict):
    cases: list[NewCase]


class OneCase(TypedDict):
    case: UUID


class PublishedQuery(TypedDict):
    after: str | None
    limit: int
    trader: str | None


class SimilarQuery(TypedDict):
    consumer: str
    id_number: str
    phone: str
    trader: str


class TraderQuery(TypedDict):
    q: str
