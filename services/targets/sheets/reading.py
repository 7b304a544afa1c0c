"""From the bytes of a sheet to its rows. Whatever is wrong with the file itself is a fault with its place."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from services.targets.domain.faults import Fault
from services.targets.domain.headers import DAYS, FREE_TEXTS, FROM_THE_CODE, TITLES, known_names, tidy
from services.targets.domain.sheet import Line, Notes
from services.targets.sheets.csv_file import csv_rows
from services.targets.sheets.header import DEEPEST, Header, find_header, without_empty_end
from services.targets.sheets.xlsx_file import titles_of, xlsx_rows
from shared.sheets.kinds import OLD_OFFICE, check_workbook
from shared.sheets.odd import FORMULA, Odd
from shared.sheets.unreadable import Unreadable
from shared.sheets.workbook import check_size, is_xlsx

LARGEST_FILE = 11 * 1024 * 1024
MOST_ROWS = 120_000
LONGEST_CELL = 5000
_NO_TEXT = (OLD_OFFICE, b"PK\x03\x04", b"<")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff\ufffd]")

Row = tuple[int, Sequence[str]]
_UNDERSTOOD = {"date": DAYS, "merged": FROM_THE_CODE}  # oddities that mean one thing only in these columns


@dataclass(frozen=True)
class SheetFile:
    name: str  # organisation, positions, persons, indicators, models, composite, machine_figures, lines
    data: bytes


def read_sheet(file: SheetFile, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[list[Line], list[Fault]]:
    """Return the rows below the header, and the faults that keep them from being read.

    The header names each of ``columns`` once, in any order, in English or Chinese,
    and nothing beyond them and ``optional``.
    """
    notes = Notes(file.name)
    try:
        lines = _lines(notes, _rows(file), columns, optional)
    except Unreadable as error:
        notes.note(error.row, error.column, error.code, error.zh, error.en)
        lines = []
    return lines, notes.faults


def parts_of(data: bytes, names: Collection[str]) -> list[str]:
    """Tell which of the sheets ``names`` a workbook holds, by the titles of its
    worksheets; none where it cannot be read."""
    try:
        titles = titles_of(data) if is_xlsx(data) else []
    except Unreadable:
        return []
    return [name for name in names if not _titles(name).isdisjoint(titles)]


def _titles(name: str) -> frozenset[str]:
    return frozenset(tidy(title) for title in (name, *TITLES.get(name, ())))


def _rows(file: SheetFile) -> Iterable[Row]:
    if len(file.data) > LARGEST_FILE:
        megabytes = LARGEST_FILE // 1024 // 1024
        raise Unreadable("sheet.too_large", f"文件超过 {megabytes} MB", f"the file is larger than {megabytes} MB")
    if is_xlsx(file.data):
        check_size(file.data)
    if file.data.lstrip().startswith(_NO_TEXT):
        check_workbook(file.data)
    return xlsx_rows(file.data, _titles(file.name)) if is_xlsx(file.data) else csv_rows(file.data)


def _lines(notes: Notes, rows: Iterable[Row], columns: Sequence[str], optional: Sequence[str]) -> list[Line]:
    filled = ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
    top = list(islice(filled, DEEPEST))
    if not top:
        raise Unreadable("sheet.empty", "表中没有数据行", "the sheet has no rows")
    header = find_header([cells for _, cells in top], known_names(notes.sheet, (*columns, *optional)))
    _check_header(notes, top[header.last][0], header, columns, optional)
    return [] if notes.faults else list(_below(notes, header, chain(top[header.last + 1 :], filled)))


def _below(notes: Notes, header: Header, rows: Iterable[Row]) -> Iterator[Line]:
    count = 0
    for count, (number, cells) in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise Unreadable("sheet.too_many_rows", f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows", row=number)
        yield _line(notes, number, header.columns, cells)
    if not count:
        raise Unreadable("sheet.empty", "表中没有数据行", "the sheet has no rows")


def _check_header(notes: Notes, row: int, header: Header, columns: Sequence[str], optional: Sequence[str]) -> None:
    names = header.columns
    for name in columns:
        if name not in names:
            notes.note(row, name, "column.missing", f"缺少列 {name}", f"the column {name} is missing")
    for name in names:
        if name not in columns and name not in optional:
            notes.note(row, name[:50], "column.unknown", f"未知的列 {name[:50]}", f"unknown column {name[:50]!r}")
    for name in sorted({name for name in names if names.count(name) > 1}):
        notes.note(
            row, name[:50], "column.duplicate", f"列 {name[:50]} 重复", f"the column {name[:50]!r} appears twice"
        )


def _line(notes: Notes, number: int, header: Sequence[str], cells: Sequence[str]) -> Line:
    if len(cells) > len(header) and len(without_empty_end(cells)) > len(header):
        zh, en = "单元格多于列数，请检查引号和逗号", "more cells than columns: check quotes and commas"
        notes.note(number, "", "row.width", zh, en)
    values, spoiled = {}, set()
    for name, value in zip(header, cells, strict=False):
        fault = _fault(name, value) if value else None
        if fault:
            notes.note(number, name, *fault)
            spoiled.add(name)
        values[name] = "" if fault else value.strip()
    return Line(number, values, frozenset(spoiled))


def _fault(name: str, value: str) -> tuple[str, str, str] | None:
    """(code, zh, en) of a cell that no column could use."""
    if isinstance(value, Odd) and name not in _UNDERSTOOD.get(value.kind, ()):
        return value.fault
    if value.startswith("="):
        return FORMULA
    if len(value) > LONGEST_CELL:
        return "cell.too_long", f"超过 {LONGEST_CELL} 字", f"longer than {LONGEST_CELL} characters"
    if _UNWANTED.search(value):
        return "cell.characters", "含有不允许的字符", "holds characters that are not allowed"
    if name not in FREE_TEXTS and value != value.strip() and value.strip():
        return "cell.spaces", "首尾有空格或换行，请删除", "begins or ends with spaces"
    return None
