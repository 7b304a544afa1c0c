"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from decimal import Decimal
from typing import NotRequired, TypedDict


class Finding(TypedDict):
    counts: NotRequired[dict[str, Decimal] | None]
    evidence: list[str]
    inspection: str
    revision: NotRequired[int]
    text: str
    verdict: str


class Findings(TypedDict):
    cycle: str
    findings: list[Finding]


class FindingTakenBack(TypedDict):
    inspection: str
    reason: str
    revision: NotRequired[int]


class FindingsTakenBack(TypedDict):
    cycle: str
    inspections: list[FindingTakenBack]


class InspectionQuery(TypedDict):
    after: str | None
    cycle: str
    inspector: NotRequired[str]
    limit: int
    q: str | None
    skip: int
    sort: str | None
    spot_check: NotRequired[str]
    status: NotRequired[str]
    subject: NotRequired[str]
    total: bool
    unit: NotRequired[str]
    verdict: NotRequired[str]


class NamedInspector(TypedDict):
    inspection: str
    person: str
    revision: NotRequired[int]


class NamedInspectors(TypedDict):
    cycle: str
    inspections: list[NamedInspector]


class StandingBack(TypedDict):
    inspection: str
    reason: str
    revision: NotRequired[int]


class Recusals(TypedDict):
    cycle: str
    inspections: list[StandingBack]
