"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from typing import TypedDict


class Attached(TypedDict):
    aggregate: str
    cycle: str
    kind: str


class Attaching(TypedDict):
    aggregate: str
    cycle: str
    evidence: list[str]
    kind: str


class NewEvidence(TypedDict):
    cycle: str
    kind: str
    media_type: str
    name: str
    sha256: str
    size: int


class OneEvidence(TypedDict):
    evidence: str
