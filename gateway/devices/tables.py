"""The rows of a table that somebody brings, an .xlsx workbook or a .csv text, guarded as every workbook from outside."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from gateway.devices.parser import decoded
from shared.sheets.kinds import OLD_OFFICE, check_workbook
from shared.sheets.merged import Merged, merged_in
from shared.sheets.odd import Odd
from shared.sheets.unreadable import Unreadable
from shared.sheets.workbook import MOST_COLUMNS, is_xlsx, opened, page_rows, text_of

_BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")


@dataclass
class Table:
    """``rows``: each with its number in the sheet; None where a line cannot be told into cells."""

    rows: Iterator[tuple[int, Sequence[str] | None]]
    merged: list[Merged] = field(default_factory=list)

    def check_merged(self, head: int, places: Collection[int]) -> None:
        """Refuse merged cells below the row ``head`` in columns that are read: all but the first of them are empty."""
        rows = [one.first_row for one in self.merged if one.last_row > head and one.meets(places)]
        if rows:
            row = max(min(rows), head + 1)
            zh = f"第 {row} 行的单元格被合并，合并处的内容会丢失，请取消合并后重新上传"
            raise Unreadable("cell.merged", zh, f"cells are merged in row {row}: unmerge them", row=row)


def is_workbook(name: str, data: bytes) -> bool:
    """Tell whether a file is meant as a workbook: by what it holds, or by its name where that is none."""
    return is_xlsx(data) or data.startswith(OLD_OFFICE) or name.lower().endswith(_BOOKS)


@contextmanager
def table(name: str, data: bytes) -> Iterator[Table]:
    """Open a table; ``Unreadable`` where it is no workbook and should be one, or too much."""
    if not is_workbook(name, data):
        yield Table(_csv_rows(decoded(data.removeprefix(b"\xef\xbb\xbf"))))
        return
    check_workbook(data)
    with opened(data) as book:
        page = next(one for one in book.worksheets if one.sheet_state == "visible")
        yield Table(page_rows(page, _text), merged_in(page))


def _csv_rows(text: str) -> Iterator[tuple[int, Sequence[str] | None]]:
    """Yield records; after a broken one each line stands for itself, so that a quote that never ends swallows nothing."""
    lines = list(io.StringIO(text, newline=""))
    rows, done = csv.reader(lines, strict=True), 0
    try:
        for cells in rows:
            done = rows.line_num
            yield done, _tidy(cells)
    except csv.Error:
        for number, line in enumerate(lines[done:], start=done + 1):
            yield number, _alone(line)


def _alone(line: str) -> Sequence[str] | None:
    try:
        return _tidy(next(csv.reader([line], strict=True), []))
    except csv.Error:
        return None


def _tidy(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells[:MOST_COLUMNS]]


def _text(value: Any) -> str:
    """A cell as it is written; a time of the day stands in a column of its own, beside its date."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    told = text_of(value)
    return told if isinstance(told, Odd) else told.strip()
