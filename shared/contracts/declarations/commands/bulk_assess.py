"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import NotRequired, TypedDict


class ClearedSelection(TypedDict):
    assessor: NotRequired[str]
    cycle: str
    etag: str
    expected: int
    indicator: NotRequired[str]
    period: NotRequired[str]
    subject: NotRequired[str]
    unit: NotRequired[str]


class PreviewQuery(TypedDict):
    assessor: NotRequired[str]
    command: str
    cycle: str
    indicator: NotRequired[str]
    period: NotRequired[str]
    subject: NotRequired[str]
    unit: NotRequired[str]


class RecordedPeriod(TypedDict):
    assessor: NotRequired[str]
    cycle: str
    indicator: NotRequired[str]
    period: str
    subject: NotRequired[str]
    unit: NotRequired[str]
