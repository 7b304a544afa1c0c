"""The cells of a returned sheet, by the names of their columns, and the faults found in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.forms.book import COLUMNS, IDENTITY, MARK, NAMED
from gateway.forms.numbers import number_in
from shared.sheets.merged import Merged, merged_in
from shared.sheets.odd import MERGED, Odd
from shared.sheets.unreadable import Unreadable
from shared.sheets.workbook import opened, page_rows

MOST_ROWS = 3000
LARGEST = 32 * 1024 * 1024  # bytes that a form unpacks to; one of 250 items has one
LONGEST = 4000  # characters of a cell
_HEAD = 60  # rows among which the hidden names are looked for
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_OTHER = {
    "form": ("form.other_form", "这不是同一种表", "it is another kind of form"),
    "bureau": ("form.other_bureau", "这是其他总口的表", "it is another bureau's"),
    "cycle": ("form.other_cycle", "这是其他考核年度的表", "it is another cycle's"),
    "period": ("form.other_period", "这是其他考核期的表", "it is another period's"),
    "subject": ("form.other_subject", "这是其他人员或单位的表", "it is another subject's"),
}


@dataclass
class Line:
    row: int
    key: str
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.cells.get(name, "").strip()


@dataclass
class Faults:
    labels: Mapping[str, str]
    found: list[dict[str, Any]] = field(default_factory=list)

    def note(self, row: int, column: str, code: str, zh: str, en: str) -> None:
        label = self.labels.get(column, column)
        self.found.append({"row": row, "column": label, "code": code, "zh": zh, "en": en})

    def number(self, line: Line, name: str, unit: str = "") -> str | None:
        """Return the number in a cell, as text; None where it is empty, or no number, which is noted."""
        text = line.get(name)
        if not text:
            return None
        read = number_in(text, unit)
        if isinstance(read, str):
            return read
        self.note(line.row, name, *read)
        return None


def labels_of(form: str) -> dict[str, str]:
    return {column.name: column.label for column in COLUMNS[form]}


def read_lines(data: bytes, expected: Mapping[str, str], faults: Faults) -> list[Line]:
    """Return the lines of the sheet that ``expected`` names; raises
    ``Unreadable`` where it is another's, or none of ours."""
    with opened(data, largest=LARGEST) as book:
        _check_identity(book, expected)
        for page in book.worksheets:
            if page.title != IDENTITY and (lines := _lines(page, expected["form"], faults)) is not None:
                return lines
    raise Unreadable(
        "form.not_ours", "找不到表格内容，请使用系统导出的表", "the table is missing: use the exported sheet"
    )


def _check_identity(book: Any, expected: Mapping[str, str]) -> None:
    page = next((one for one in book.worksheets if one.title == IDENTITY), None)
    given = {cells[0]: str(cells[1]) for _, cells in page_rows(page) if len(cells) > 1} if page is not None else {}
    if not set(NAMED) <= set(given):
        raise Unreadable("form.not_ours", "不是系统导出的表，请先导出再填写", "no exported sheet: export one first")
    for name in NAMED:
        if given[name] != expected[name]:
            code, zh, en = _OTHER[name]
            raise Unreadable(code, f"{zh}（{given[name][:40]}，应为 {expected[name]}）", en)


def _lines(page: Any, form: str, faults: Faults) -> list[Line] | None:
    """None where the page does not hold the hidden names."""
    rows = page_rows(page)
    for number, cells in rows:
        if MARK in cells:
            return list(_below(rows, _places(cells, form), cells.index(MARK), Reading(form, faults, merged_in(page))))
        if number > _HEAD:
            break
    return None


def _places(cells: Any, form: str) -> dict[str, int]:
    places = {name: place for place, name in enumerate(cells) if name}
    missing = [column.label for column in COLUMNS[form] if column.kind != "shown" and column.name not in places]
    if missing:
        zh = f"缺少列：{'、'.join(missing)}，请使用系统导出的表"
        raise Unreadable("form.columns", zh, "columns are missing: use the exported sheet")
    return places


@dataclass(frozen=True)
class Reading:
    form: str
    faults: Faults
    merged: list[Merged]

    def check_merged(self, row: int, cells: Mapping[str, int]) -> None:
        for one in self.merged:
            if one.covers(row):
                named = next((name for name, place in cells.items() if place + 1 == one.first_column), "")
                self.faults.note(row, named, *MERGED)

    def check_keyed(self, row: int, told: Mapping[str, str]) -> None:
        """Name a row without its hidden key in which somebody filled something in."""
        decisive = [one.name for one in COLUMNS[self.form] if one.kind in _DECISIVE and told.get(one.name, "").strip()]
        if decisive and not any("签章" in text for text in told.values()):
            zh = "该行是新插入的行，没有系统标识，不会被读取；请填在系统导出的行内"
            self.faults.note(row, decisive[0], "form.no_key", zh, "an inserted row: fill in the exported rows")


_DECISIVE = ("number", "points", "deed", "indicator", "level")  # what makes a row more than a note


def _below(rows: Any, places: Mapping[str, int], key: int, reading: Reading) -> Iterator[Line]:
    for count, (number, cells) in enumerate(rows):
        if count > MOST_ROWS:
            raise Unreadable("sheet.too_many_rows", f"超过 {MOST_ROWS} 行", "too many rows", row=number)
        named = {name: place for name, place in places.items() if name != MARK}
        if not cells[key].strip():
            if count:  # but the headings
                reading.check_keyed(number, {name: cells[place] for name, place in named.items()})
            continue
        reading.check_merged(number, named)
        read = {name: _cell(reading.faults, number, name, cells[place]) for name, place in named.items()}
        yield Line(number, cells[key].strip(), read)


def _cell(faults: Faults, row: int, name: str, value: str) -> str:
    if name not in faults.labels:
        return ""
    if isinstance(value, Odd):
        faults.note(row, name, *value.fault)
        return ""
    if len(value) > LONGEST or _UNWANTED.search(value):
        zh = f"超过 {LONGEST} 字，或含有不允许的字符"
        faults.note(row, name, "cell.text", zh, "too long, or with characters that are not allowed")
        return ""
    return value
