"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict
from uuid import UUID


class OnePicture(TypedDict):
    entry: str
    picture: UUID


class ReservedPicture(TypedDict):
    entry: str
    kind: str
    media_type: str
    name: str
    note: str
    sha256: str
    shows: str
    size: int
