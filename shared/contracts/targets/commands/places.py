"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class PlaceQuery(TypedDict):
    after: str | None
    kind: str | None
    limit: int
    line: str | None
    on: date | None
    person: str | None
    since: date | None
    unit: str | None
    until: date | None
