"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class WhoseCase(TypedDict):
    kind: str
    platform: str
    trader: str
    trader_address: str
    trader_code: str
