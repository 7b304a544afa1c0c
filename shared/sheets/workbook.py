"""An .xlsx workbook from outside: opened only where it is harmless, its worksheets streamed as rows of text."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from shared.archives import LARGEST_UNPACKED, Bomb, directory
from shared.sheets.odd import Odd
from shared.sheets.unreadable import Unreadable

MOST_COLUMNS = 60
MOST_BLANK_ROWS = 1000  # formatted but empty rows may reach to the end of the grid
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def is_xlsx(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


@contextmanager
def opened(data: bytes, *, largest: int = LARGEST_UNPACKED) -> Iterator[Any]:
    """Open a workbook read-only, with its formulas as they are; ``Unreadable``
    where it is none, or damaged, or too much."""
    check_size(data, largest=largest)
    book = None
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        yield book
    except Unreadable:
        raise
    except Exception as error:  # a damaged workbook fails in many ways, all of them in the reading library
        raise Unreadable(
            "sheet.unreadable", "无法读取该工作簿，文件可能不完整", "the workbook cannot be read"
        ) from error
    finally:
        if book is not None:
            book.close()


def check_size(data: bytes, *, largest: int = LARGEST_UNPACKED) -> None:
    """Check how much it unpacks to: a small archive may unpack to gigabytes; its
    directory tells before anything is unpacked."""
    try:
        directory(io.BytesIO(data), len(data), largest=largest)
    except Bomb as error:
        raise Unreadable("sheet.too_large", "工作簿内容过大", "the workbook unpacks to too much") from error
    except zipfile.BadZipFile as error:
        raise Unreadable("sheet.unreadable", "无法读取该工作簿", "the workbook cannot be read") from error


def page_rows(page: Any, text: Callable[[Any], str] | None = None) -> Iterator[tuple[int, Sequence[str]]]:
    page.reset_dimensions()  # what the file claims about its size need not be true
    yield from filled(page.iter_rows(max_col=MOST_COLUMNS, values_only=True), text)


def filled(
    rows: Iterable[Sequence[Any]], text: Callable[[Any], str] | None = None
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows that hold anything, with their numbers, as text: by ``text`` where somebody wants dates in cells."""
    told = text or text_of
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
        yield number, [told(value) for value in values]


def text_of(value: Any) -> str:
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
    if value.removeprefix("=") in _ERRORS:  # with "=" as LibreOffice writes it
        return Odd(value, "error")
    return Odd(value, "formula") if value.startswith("=") else value
