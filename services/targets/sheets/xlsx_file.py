"""One worksheet of an .xlsx workbook, streamed."""

import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from services.targets.domain.headers import tidy
from services.targets.sheets.odd import Odd
from services.targets.sheets.plain_xlsx import plain_rows
from services.targets.sheets.unreadable import Unreadable

MOST_COLUMNS = 60
LARGEST_UNPACKED = 160 * 1024 * 1024
TIGHTEST = 100  # times smaller than its content: no office's sheet is packed so well, a zip bomb is
MOST_BLANK_ROWS = 1000  # formatted but empty rows may reach to the end of the grid
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def is_xlsx(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def xlsx_rows(data: bytes, titles: Collection[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows of the worksheet that has one of ``titles``, of the first visible one where none has."""
    _check_size(data)
    plain = plain_rows(data, titles)
    if plain is not None:
        yield from _filled(plain)
        return
    with _opened(data) as book:
        page = next((one for one in book.worksheets if tidy(one.title) in titles), None)
        yield from _rows(page or next(one for one in book.worksheets if one.sheet_state == "visible"))


def titles_of(data: bytes) -> list[str]:
    """The titles of a workbook's worksheets, tidied."""
    with _opened(data) as book:
        return [tidy(one.title) for one in book.worksheets]


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    _check_size(data)
    book = None
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        yield book
    except Unreadable:
        raise
    except Exception as error:  # a damaged workbook fails in many ways, all of them in the reading library
        raise Unreadable(
            "sheet.unreadable", "无法读取该工作簿", f"the workbook cannot be read: {error}"[:300]
        ) from error
    finally:
        if book is not None:
            book.close()


def _check_size(data: bytes) -> None:
    """A small archive may unpack to gigabytes; its directory tells before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable("sheet.unreadable", "无法读取该工作簿", "the workbook cannot be read") from error
    if unpacked > LARGEST_UNPACKED or unpacked > max(TIGHTEST * len(data), 4 * 1024 * 1024):
        raise Unreadable("sheet.too_large", "工作簿内容过大", "the workbook unpacks to too much")


def _rows(page: Any) -> Iterator[tuple[int, Sequence[str]]]:
    page.reset_dimensions()  # what the file claims about its size need not be true
    yield from _filled(page.iter_rows(max_col=MOST_COLUMNS, values_only=True))


def _filled(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Sequence[str]]]:
    blank = 0
    for number, values in enumerate(rows, start=1):
        if all(value is None or value == "" for value in values):
            blank += 1
            if blank > MOST_BLANK_ROWS:
                zh, en = (
                    f"连续空行超过 {MOST_BLANK_ROWS} 行，请删除表尾空行",
                    "too many blank rows in a row: delete them",
                )
                raise Unreadable("sheet.blank_rows", zh, en, row=number - blank + 1)
            continue
        blank = 0
        yield number, [_text(value) for value in values]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _marked(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        # What was typed has 15 digits at most; the binary float's further digits are noise.
        return str(value) if isinstance(value, int) else format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime):
        return Odd(value.date().isoformat(), "date")
    if isinstance(value, (date, time, timedelta)):
        return Odd(str(value), "date")
    return Odd("=", "formula")  # of an array or a data table


def _marked(value: str) -> str:
    if value.startswith("="):
        return Odd(value, "formula")
    return Odd(value, "error") if value in _ERRORS else value
