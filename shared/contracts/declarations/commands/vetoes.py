"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import NotRequired, TypedDict


class ChosenVeto(TypedDict):
    revision: NotRequired[int]
    veto: str


class DecidedVetoes(TypedDict):
    cycle: str
    decision: str
    mode: str
    vetoes: list[ChosenVeto]


class NewVeto(TypedDict):
    evidence: list[str]
    fact_on: date | None
    indicator: str
    reason: str
    source: str
    source_ref: str | None
    subject: str


class NewVetoes(TypedDict):
    cycle: str
    vetoes: list[NewVeto]


class VetoQuery(TypedDict):
    after: str | None
    cycle: str
    indicator: NotRequired[str]
    limit: int
    q: str | None
    skip: int
    sort: str | None
    status: NotRequired[str]
    subject: NotRequired[str]
    total: bool
    waiting: NotRequired[str]
