"""A form as .xlsx, to be filled in offline: only what is to be filled in is unlocked, and it knows whose it is when it returns."""

import io
from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from gateway.forms.book import (
    IDENTITY,
    MARK,
    NAMED,
    Column,
    columns_of,
    deed_words,
    indicator_words,
    level_words,
    rows_of,
)
from gateway.forms.layout import SIGN
from gateway.forms.words import period, span
from shared.sheets.formulas import set_text

Form = dict[str, Any]
LINE, TALLEST = 15, 400  # points
TOP = 6  # the row of the headings; above it the title, whose form it is, how to fill it in, and the hidden names
HINTS = {
    "review": "只填浅黄色格；申报数量留空的指标不申报（不申报不得分）。自评分留空即按规则计算。佐证可写文字，或 evidence: 加材料编号。",
    "accountability": "只填浅黄色格：办理选“接受”“报进度”或“报完成”，并写情况说明；不办理的行留空。",
    "contribution": "只填浅黄色格：一行一项，指标和级别从列表中选。",
    "subjective": "本表只供查看和打印；评估在系统内无记名进行。",
}
LOOKED_AT = "本表为考核期内各期的汇总，只供查看和打印；填报请导出当期的表。"
HINTS["temporary"] = HINTS["accountability"]
_YELLOW, _GREY = PatternFill("solid", fgColor="FFFFF9DB"), PatternFill("solid", fgColor="FFE7EEF7")
_LINE = Side(style="thin", color="FFB0B0B0")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FORMATS = {"number": "General", "points": "0.00"}
_OPEN = Protection(locked=False)
_WORDS = {"deed": deed_words, "indicator": indicator_words, "level": level_words}


def form_workbook(form: Form) -> bytes:
    book = Workbook()
    page = book.active
    page.title = form["title"]
    columns = columns_of(form)
    _head(page, form, columns)
    last = _table(page, form, columns)
    _sign(page, form, columns, last + 2)
    _validate(book, page, form, columns, last)
    _identify(book, form)
    _print(page, form, columns)
    page.protection.sheet = True  # without a password: against slips, not against people
    page.protection.formatColumns = page.protection.formatRows = False
    page.protection.sort = page.protection.deleteRows = page.protection.autoFilter = False
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head(page: Any, form: Form, columns: Sequence[Column]) -> None:
    last = get_column_letter(len(columns) + 1)
    hint = LOOKED_AT if form["inside"] else HINTS[form["form"]]
    page["B1"], page["B2"], page["B3"] = f"{form['bureau_name']}{form['title']}", _whose(form), hint
    for row in (1, 2, 3):
        page.merge_cells(f"B{row}:{last}{row}")
    page["B1"].font, page["B1"].alignment = Font(name="黑体", size=16), Alignment(horizontal="center")
    page["B3"].font = Font(color="FF666666")
    page["B3"].alignment = Alignment(wrap_text=True, vertical="top")
    page.row_dimensions[1].height, page.row_dimensions[3].height = 26, 30
    page.cell(TOP - 1, 1, MARK)
    page.row_dimensions[TOP - 1].hidden = page.column_dimensions["A"].hidden = True
    for place, column in enumerate(columns, start=2):
        page.cell(TOP - 1, place, column.name)
        cell = page.cell(TOP, place, column.label)
        cell.font, cell.fill, cell.border = Font(bold=True), _GREY, _BORDER
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.freeze_panes = page.cell(TOP + 1, 4)


def _whose(form: Form) -> str:
    whose = f"考核对象：{form['name']}（{form['subject']}）"
    if form["layer"] == "person":  # a unit is not of a unit
        whose += f"    所在科所：{form['unit_name']}"
    return f"{whose}    考核期：{period(form['period'])}（{span(form)}）"


def _table(page: Any, form: Form, columns: Sequence[Column]) -> int:
    """The number of the last row."""
    number = TOP
    for number, (key, cells) in enumerate(rows_of(form), start=TOP + 1):
        set_text(page.cell(number, 1), key)
        for place, column in enumerate(columns, start=2):
            _fill(page.cell(number, place), column, cells, open_to_fill=bool(key))
        page.row_dimensions[number].height = _height(columns, cells)
        _unlock(page, number, len(columns) + 1)
    return number


def _unlock(page: Any, row: int, last: int) -> None:
    """Sort and delete rows: a spreadsheet allows that of rows only in which nothing is locked. What is exchanged is found on return."""
    page.row_dimensions[row].protection = _OPEN
    for place in range(1, last + 1):
        page.cell(row, place).protection = _OPEN


def _height(columns: Sequence[Column], cells: dict[str, Any]) -> int:
    """Enough for the highest cell: not every program fits the rows of a sheet that it opens."""
    lines = [
        sum(ceil(max(_wide(part), 1) / (column.width - 1)) for part in str(cells.get(column.name, "")).split("\n"))
        for column in columns
    ]
    return min(LINE * max(lines) + 3, TALLEST)


def _wide(text: str) -> int:
    """In columns of Latin letters: Chinese ones take two."""
    return sum(1 if one.isascii() else 2 for one in text)


def _fill(cell: Any, column: Column, cells: dict[str, Any], *, open_to_fill: bool) -> None:
    value = cells.get(column.name, "")
    cell.border = _BORDER
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if column.kind in ("number", "points") and value:
        cell.value = _number(value)
    elif value:
        set_text(cell, value)
    if open_to_fill and column.kind != "shown" and (column.kind == "number" or not _continues(column, cells)):
        cell.fill = _YELLOW
        cell.number_format = _FORMATS.get(column.kind, "@")


def _continues(column: Column, cells: dict[str, Any]) -> bool:
    """A further quantity of an item: what is told once of the item stands in its first row."""
    return column.kind in ("points", "text", "lines") and "quantity" in cells and "number" not in cells


def _number(value: str) -> Any:
    """As a number where a spreadsheet keeps all of it."""
    return Decimal(value) if len(value.replace(".", "")) <= 15 else value


def _sign(page: Any, form: Form, columns: Sequence[Column], row: int) -> None:
    signers = SIGN[form["form"]]
    whole, left = sum(column.width for column in columns), 0
    starts = []
    for place, column in enumerate(columns, start=2):
        starts.append((left, place))
        left += column.width
    for number, who in enumerate(signers):
        place = next(place for start, place in starts if start >= whole * number / len(signers))
        page.cell(row, place, f"{who}（签章）：").alignment = Alignment(vertical="top")
    page.row_dimensions[row].height = 40


def _validate(book: Any, page: Any, form: Form, columns: Sequence[Column], last: int) -> None:
    lists = book.create_sheet("选项")
    lists.sheet_state = "hidden"
    for place, column in enumerate(columns, start=2):
        letter = get_column_letter(place)
        rule = _rule(lists, form, column)
        if rule is not None:
            rule.add(f"{letter}{TOP + 1}:{letter}{max(last, TOP + 1)}")
            page.add_data_validation(rule)


def _rule(lists: Any, form: Form, column: Column) -> DataValidation | None:
    if column.kind in ("number", "points"):
        told = "请填不小于 0 的数"
        return DataValidation(
            type="decimal",
            operator="greaterThanOrEqual",
            formula1="0",
            allow_blank=True,
            errorTitle="数值有误",
            error=told,
        )
    words = _WORDS[column.kind](form) if column.kind in _WORDS else []
    if not words:
        return None
    letter = get_column_letter(lists.max_column + 1 if lists["A1"].value else 1)
    for number, word in enumerate(words, start=1):
        set_text(lists[f"{letter}{number}"], word)
    where = f"选项!${letter}$1:${letter}${len(words)}"
    return DataValidation(type="list", formula1=where, allow_blank=True, errorTitle="取值有误", error="请从列表中选择")


def _identify(book: Any, form: Form) -> None:
    """A page that no office shows: it survives sorting, moved columns and another program's saving."""
    page = book.create_sheet(IDENTITY)
    page.sheet_state = "veryHidden"
    for number, name in enumerate(NAMED, start=1):
        set_text(page.cell(number, 1), name)
        set_text(page.cell(number, 2), form[name])


def _print(page: Any, form: Form, columns: Sequence[Column]) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{TOP}:{TOP}"
    page.print_area = f"B1:{get_column_letter(len(columns) + 1)}{page.max_row}"
    page.oddFooter.center.text = f"{form['title']}  第 &P 页，共 &N 页"
    page.page_margins.left = page.page_margins.right = 0.4
