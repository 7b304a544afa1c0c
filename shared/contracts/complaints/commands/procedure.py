"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class AgentEntry(TypedDict):
    address: str
    id_number: str
    mandate: bool
    name: str
    phone: str
    powers: str


class ComplainantEntry(TypedDict):
    address: str
    id_number: str
    name: str
    phone: str
    representative: bool
