"""What requests are once they are decoded. Written from the contracts by `python -m tests.contract.golden`."""

from datetime import date
from typing import Any, TypedDict


class DraftChange(TypedDict):
    action: str
    cells: dict[str, Any | None]
    indicator: str


class DraftChanges(TypedDict):
    changes: list[DraftChange]
    cycle: str
    revision: int | None


class ExportLibrary(TypedDict):
    cycle: str
    format: str
    library_revision: int | None
    sheet: str


class ImportLibrary(TypedDict):
    cycle: str
    dry_run: bool
    sheets: dict[str, bytes]


class Publication(TypedDict):
    cycle: str
    effective: date | None
    note: str
