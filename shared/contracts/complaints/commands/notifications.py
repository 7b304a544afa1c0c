"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date, datetime
from typing import TypedDict
from uuid import UUID


class NotificationQuery(TypedDict):
    after: str | None
    handler: str | None
    limit: int
    state: str | None
    total: bool
    unit: str | None


class NotificationReceived(TypedDict):
    case: UUID
    notification: UUID
    received_on: date


class NotificationTakenBack(TypedDict):
    case: UUID
    notification: UUID
    why: str


class NotificationTold(TypedDict):
    at: datetime | None
    case: UUID
    notification: UUID
    paper: UUID | None
    proof: str
    received_on: date | None
    way: str


class NotificationWish(TypedDict):
    case: UUID
    way: str
