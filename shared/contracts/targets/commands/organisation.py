"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import TypedDict


class Codes(TypedDict):
    lines: list[str]
    persons: list[str]
    units: list[str]


class ExportOrganisation(TypedDict):
    format: str
    sheet: str


class ImportOrganisation(TypedDict):
    dry_run: bool
    effective: date | None
    sheets: dict[str, bytes]


class NewBureau(TypedDict):
    bureau: str
    name: str


class ScheduledKey(TypedDict):
    code: str
    kind: str
    starts: date
