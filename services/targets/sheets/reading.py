"""From the bytes of a sheet to its rows. Whatever is wrong with the file itself is a fault with its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.targets.domain.faults import Fault
from services.targets.domain.sheet import Line, Notes
from services.targets.sheets.csv_file import csv_rows
from services.targets.sheets.unreadable import Unreadable
from services.targets.sheets.xlsx_file import is_xlsx, xlsx_rows

LARGEST_FILE = 2 * 1024 * 1024
MOST_ROWS = 5000
LONGEST_CELL = 5000


@dataclass(frozen=True)
class SheetFile:
    name: str  # organisation, positions, indicators, models, composite, machine_figures
    data: bytes


def read_sheet(file: SheetFile, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[list[Line], list[Fault]]:
    """The rows below the header, and the faults that keep them from being read.

    The header must name each of ``columns`` once, in any order, and nothing beyond them and ``optional``.
    """
    notes = Notes(file.name)
    try:
        lines = _lines(notes, _rows(file), columns, optional)
    except Unreadable as error:
        notes.note(error.row, error.column, error.code, error.zh, error.en)
        lines = []
    return lines, notes.faults


def _rows(file: SheetFile) -> Iterable[tuple[int, Sequence[str]]]:
    if len(file.data) > LARGEST_FILE:
        raise Unreadable("sheet.too_large", "文件超过 2 MB", "the file is larger than 2 MB")
    return xlsx_rows(file.data) if is_xlsx(file.data) else csv_rows(file.data)


def _lines(
    notes: Notes, rows: Iterable[tuple[int, Sequence[str]]], columns: Sequence[str], optional: Sequence[str]
) -> list[Line]:
    lines: list[Line] = []
    header: list[str] = []
    for number, cells in rows:
        if not header:
            header = _header(notes, number, cells, columns, optional)
            if notes.faults:
                break
        elif any(cells):
            lines.append(_line(notes, number, header, cells))
        if len(lines) > MOST_ROWS:
            raise Unreadable("sheet.too_many_rows", f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows", row=number)
    if not lines and not notes.faults:
        raise Unreadable("sheet.empty", "表中没有数据行", "the sheet has no rows")
    return lines


def _header(notes: Notes, row: int, cells: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> list[str]:
    names = _without_empty_end(cells)
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
    return names


def _line(notes: Notes, number: int, header: Sequence[str], cells: Sequence[str]) -> Line:
    given = _without_empty_end(cells)
    if len(given) > len(header):
        notes.note(
            number,
            "",
            "row.width",
            "单元格多于列数，请检查引号和逗号",
            "more cells than columns: check quotes and commas",
        )
    for name, value in zip(header, given, strict=False):
        if len(value) > LONGEST_CELL:
            notes.note(
                number, name, "cell.too_long", f"超过 {LONGEST_CELL} 字", f"longer than {LONGEST_CELL} characters"
            )
        elif "\0" in value:
            notes.note(number, name, "cell.characters", "含有不允许的字符", "holds characters that are not allowed")
    padded = [*given, *[""] * (len(header) - len(given))]
    return Line(number, dict(zip(header, padded, strict=False)))


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    values = list(cells)
    while values and not values[-1]:
        values.pop()
    return values
