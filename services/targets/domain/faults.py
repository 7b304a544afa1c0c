"""What is wrong with a sheet, and where. A fault stops the import, a warning is told and lets it through."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_TOLD = 500  # of one import; a sheet that is wholly wrong says so in its first hundreds


@dataclass(frozen=True)
class Fault:
    """``row`` counts as a spreadsheet does: the header is row 1. 0: the sheet as a whole."""

    sheet: str
    row: int
    column: str
    code: str
    zh: str
    en: str

    def entry(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "zh": self.zh,
            "en": self.en,
        }


def entries(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return the faults in reading order: sheet, row, column."""
    ordered = sorted(faults, key=lambda fault: (fault.sheet, fault.row, fault.column, fault.code))
    return [fault.entry() for fault in ordered[:MOST_TOLD]]
