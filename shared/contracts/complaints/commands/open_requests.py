"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID


class OneRequestQuery(TypedDict):
    form: str
    jurisdiction_id: str | None
    service_request_id: UUID


class OneServiceQuery(TypedDict):
    form: str
    jurisdiction_id: str | None
    service_code: str


class PublicQuery(TypedDict):
    form: str
    jurisdiction_id: str | None


class RequestsQuery(TypedDict):
    end_date: datetime | None
    form: str
    jurisdiction_id: str | None
    page: int
    page_size: int
    service_code: str | None
    service_request_id: str | None
    start_date: datetime | None
    status: str | None
