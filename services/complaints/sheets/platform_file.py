"""From the bytes of an export of the national platform (.xlsx or .csv) to rows of text, each with its number."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from shared.sheets.formulas import unshielded
from shared.sheets.kinds import check_workbook
from shared.sheets.unreadable import Unreadable
from shared.sheets.workbook import check_size, is_xlsx
from shared.vocabulary.platform_sheet import BY_HEADING, HEADINGS, NEEDED, folded

MOST_ROWS = 100_000
_DEEPEST = 10  # rows among which the headings stand: a title may stand above them
_ENCODINGS = ("utf-8-sig", "gb18030")  # what the platform and its users' programs write
Row = tuple[int, dict[str, str]]  # its number as a spreadsheet counts, member → text


def rows_of(data: bytes) -> list[Row]:
    """Return every row that says anything; ``Unreadable`` where the file is no sheet, or lacks a needed heading."""
    listed = enumerate(_workbook(data) if is_xlsx(data) else _csv(data), start=1)
    filled = ((number, cells) for number, cells in listed if any(cells))
    top = list(islice(filled, _DEEPEST))
    known = [(place, _places(cells)) for place, (_, cells) in enumerate(top)]
    head, places = max(known, key=lambda one: len(one[1]), default=(0, {}))
    _check(places, top[head][0] if top else 1)
    rows = [_row(number, cells, places) for number, cells in (*top[head + 1 :], *filled)]
    if not rows or len(rows) > MOST_ROWS:
        zh, en = f"表中没有数据行，或超过 {MOST_ROWS} 行", f"no rows, or more than {MOST_ROWS}"
        raise Unreadable("sheet.rows", zh, en)
    return rows


def _check(places: dict[str, int], row: int) -> None:
    for name in NEEDED:
        if name not in places:
            words = "、".join(HEADINGS[name])
            raise Unreadable(
                "column.missing", f"找不到列“{HEADINGS[name][0]}”（可写作：{words}）", f"no column {name}", row=row
            )


def _places(cells: Sequence[str]) -> dict[str, int]:
    """Return where each member stands; of two columns with one meaning the first."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = BY_HEADING.get(folded(cell))
        if name:
            found.setdefault(name, place)
    return found


def _row(number: int, cells: Sequence[str], places: dict[str, int]) -> Row:
    return number, {name: cells[place] for name, place in places.items() if place < len(cells)}


def _workbook(data: bytes) -> Iterator[list[str]]:
    check_workbook(data)
    check_size(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        first = [""] * (sheet.start[1] if sheet.start else 0)
        for row in sheet.iter_rows():
            yield first + [_text(cell) for cell in row]
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable(
            "sheet.unreadable", "无法读取该工作簿，文件可能不完整", "the workbook cannot be read"
        ) from error


def _text(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _csv(data: bytes) -> Iterable[list[str]]:
    if data.lstrip()[:1] in (b"<", b"\xd0"):
        check_workbook(data)
    reader = csv.reader(io.StringIO(_decoded(data), newline=""), strict=True)
    try:
        yield from ([unshielded(cell).strip() for cell in cells] for cells in reader)
    except csv.Error as error:
        raise Unreadable("sheet.quotes", "引号不成对", "quotes are not paired", row=reader.line_num) from error


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("sheet.encoding", "文字编码无法识别，请另存为“CSV UTF-8”", "neither UTF-8 nor GB 18030")
