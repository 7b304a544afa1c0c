"""Merged cells of a worksheet: what was typed into all but the first of them is lost."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import column_index_from_string

from shared.sheets.odd import Odd

_BLOCK, _OVERLAP = 1 << 20, 256
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
    with page.parent._archive.open(page._worksheet_path) as part:  # noqa: SLF001  # openpyxl has no other way to it
        found = {one: None for block in _blocks(part) for one in _MERGED.findall(block)}
    return [
        Merged(int(top), int(bottom), *(column_index_from_string(one.decode()) for one in (left, right)))
        for left, top, right, bottom in found
    ]


def _blocks(part: Any) -> Iterator[bytes]:
    """Read in pieces that overlap: a large worksheet is never in the memory as a whole."""
    kept = b""
    while block := part.read(_BLOCK):
        yield kept + block
        kept = block[-_OVERLAP:]


def marked(rows: Iterable[tuple[int, Sequence[str]]], merged: Iterable[Merged]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows with the first of merged cells marked as ``Odd``, in each row that they cover."""
    coming = sorted(merged, key=lambda one: one.first_row, reverse=True)
    here: list[Merged] = []
    for number, cells in rows:
        while coming and coming[-1].first_row <= number:
            here.append(coming.pop())
        here = [one for one in here if one.covers(number)]
        firsts = {one.first_column - 1 for one in here}
        yield (
            number,
            [Odd(cell, "merged") if at in firsts else cell for at, cell in enumerate(cells)] if firsts else cells,
        )
