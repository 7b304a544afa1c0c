"""What is wrong with a sheet, and where. A fault stops the import, a warning is told and lets it through."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.targets.domain.headers import TITLES, label

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

    @property
    def told(self) -> dict[str, str | int]:
        """Return it with sheet and column as whoever filled them in sees them."""
        return {
            **vars(self),
            "sheet_name": TITLES.get(self.sheet, (self.sheet,))[0],
            "column_name": label(self.sheet, self.column),
        }


def in_reading_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults by sheet, row and column, as many as are told."""
    return sorted(faults, key=lambda fault: (fault.sheet, fault.row, fault.column, fault.code))[:MOST_TOLD]
