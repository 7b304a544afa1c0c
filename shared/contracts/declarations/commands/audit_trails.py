"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import NotRequired, TypedDict


class TrailQuery(TypedDict):
    account: NotRequired[str]
    action: NotRequired[str]
    after: str | None
    limit: int
    request_id: NotRequired[str]
    since: NotRequired[date]
    subject: NotRequired[str]
    until: NotRequired[date]
