"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import Any, TypedDict
from uuid import UUID


class ExportFile(TypedDict):
    channel: str | None
    colour: str | None
    due_before: date | None
    format: str
    handler: str | None
    kind: str | None
    organisation: str | None
    overdue: bool | None
    publication: str | None
    q: str | None
    queue: str | None
    sort: str | None
    status: str | None
    supervised: bool | None
    trader: str | None
    unit: str | None


class ImportFaults(TypedDict):
    format: str
    job: UUID


class ImportsQuery(TypedDict):
    after: str | None
    limit: int


class OneImport(TypedDict):
    job: UUID


class StartImport(TypedDict):
    dry_run: bool
    file_name: str
    intake_unit: str
    sheet: Any
