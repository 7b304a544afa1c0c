"""The first worksheet of an .xlsx workbook, streamed."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from services.targets.sheets.unreadable import Unreadable

MOST_COLUMNS = 60
LARGEST_UNPACKED = 40 * 1024 * 1024
MOST_BLANK_ROWS = 1000  # formatted but empty rows may reach to the end of the grid


def is_xlsx(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def xlsx_rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    _check_size(data)
    try:
        yield from _rows(data)
    except Unreadable:
        raise
    except Exception as error:  # a damaged workbook fails in many ways, all of them in the reading library
        raise Unreadable(
            "sheet.unreadable", "无法读取该工作簿", f"the workbook cannot be read: {error}"[:300]
        ) from error


def _check_size(data: bytes) -> None:
    """A small archive may unpack to gigabytes; its directory tells before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable("sheet.unreadable", "无法读取该工作簿", "the workbook cannot be read") from error
    if unpacked > LARGEST_UNPACKED:
        raise Unreadable("sheet.too_large", "工作簿内容过大", "the workbook unpacks to too much")


def _rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file claims about its size need not be true
        blank = 0
        for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
            cells = [_text(value, number) for value in values]
            blank = 0 if any(cells) else blank + 1
            if blank > MOST_BLANK_ROWS:
                return
            if any(cells):
                yield number, cells
    finally:
        book.close()


def _text(value: Any, row: int) -> str:
    if value is None:
        return ""
    if isinstance(value, (datetime, date, time, timedelta)):
        # 03-02-01 pasted into a spreadsheet becomes the 1st of February 2003: nobody can turn that back.
        raise Unreadable(
            "cell.date", "有单元格被识别为日期，请设为文本", "a cell became a date: format it as text", row=row
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # What was typed has 15 digits at most; the binary float's further digits are noise.
        return format(Decimal(f"{value:.15g}"), "f")
    return str(value).strip()
