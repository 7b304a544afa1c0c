"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class NewScoringRule(TypedDict):
    rule: str
    starts: date
    value: int
