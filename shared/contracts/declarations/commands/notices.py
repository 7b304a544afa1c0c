"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import NotRequired, TypedDict


class NoticeQuery(TypedDict):
    before: NotRequired[str]
    limit: int
    unread: bool


class ReadNotices(TypedDict):
    notices: list[str]
