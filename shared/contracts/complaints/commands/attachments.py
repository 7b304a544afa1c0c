"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict
from uuid import UUID


class OneAttachment(TypedDict):
    attachment: UUID
    case: UUID


class ReservedAttachment(TypedDict):
    case: UUID
    kind: str
    media_type: str
    name: str
    note: str
    sha256: str
    size: int
