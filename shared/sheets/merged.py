"""Merged cells of a worksheet: what was typed into all but the first of them is lost."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import column_index_from_string

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True)
class Merged:
    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def meets(self, columns: Iterable[int]) -> bool:
        """Tell whether one of ``columns``, counted from 0, is among its own."""
        return any(self.first_column <= one + 1 <= self.last_column for one in columns)

    def covers(self, row: int) -> bool:
        return self.first_row <= row <= self.last_row


def merged_in(page: Any) -> list[Merged]:
    """Return the merged ranges of a worksheet that is read as a stream, which does not tell them itself."""
    part = page.parent._archive.read(page._worksheet_path)  # noqa: SLF001  # openpyxl has no other way to it
    return [
        Merged(int(top), int(bottom), *(column_index_from_string(one.decode()) for one in (left, right)))
        for left, top, right, bottom in _MERGED.findall(part)
    ]
