"""Sheets for people: .xlsx with a frozen header, widths, levels that fold, lists to choose from; and plain .csv."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from services.targets.domain.pages import Heading, Page, Shown
from services.targets.domain.quantities import plain
from shared.sheets.formulas import set_text, shielded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_LISTS = "选项"
_ROOM = 500  # rows below the last one that offer the lists too
_MOST_DIGITS = 15  # of a number in a workbook; longer ones stay text
_A3 = 8
_ONE_PAGE = 260  # characters across
_WIDE = 30  # columns of this width wrap their text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the text in UTF-8 with its mark, without which a spreadsheet takes Chinese for
    something else; lines end with CRLF; no cell is a formula."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([shielded(cell) for cell in row] for row in [columns, *rows])
    return text.getvalue().encode("utf-8-sig")


def workbook(pages: Sequence[Page]) -> bytes:
    book = Workbook(write_only=True)
    lists = _Lists()
    for page in pages:
        _write(book, page, lists)
    lists.write(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@dataclass
class _Lists:
    """The words that cells offer stand on a hidden worksheet: within a validation only 255 characters would fit."""

    columns: list[tuple[str, ...]] = field(default_factory=list)

    def validation(self, words: tuple[str, ...]) -> DataValidation:
        if words not in self.columns:
            self.columns.append(words)
        letter = get_column_letter(self.columns.index(words) + 1)
        where = f"{_LISTS}!${letter}$1:${letter}${len(words)}"
        return DataValidation(
            type="list",
            formula1=where,
            allow_blank=True,
            showErrorMessage=True,  # or the list offers its words and takes any other
            errorTitle="取值有误",
            error="请从列表中选择",
        )

    def write(self, book: Any) -> None:
        if not self.columns:
            return
        page = book.create_sheet(_LISTS)
        page.sheet_state = "hidden"
        for number in range(max(len(words) for words in self.columns)):
            page.append([_word(page, words[number]) if number < len(words) else None for words in self.columns])


def _word(page: Any, word: str) -> Any:
    cell = WriteOnlyCell(page)
    set_text(cell, word)
    return cell


class _Styles:
    """Each look once: cells share it, which is what makes long sheets quick to write."""

    def __init__(self, page: Any) -> None:
        self._page = page
        bold, grey = Font(bold=True), PatternFill("solid", fgColor="FFE7EEF7")
        wrapped = Alignment(wrap_text=True, vertical="top")
        self.header = self._look(font=bold, fill=grey, alignment=Alignment(wrap_text=True, vertical="center"))
        self.heading = self._look(font=bold, fill=PatternFill("solid", fgColor="FFF5F5F5"))
        self.text = self._look(alignment=wrapped, number_format="@")
        self.plain = self._look(alignment=Alignment(vertical="top"), number_format="@")
        self.number = self._look(alignment=Alignment(vertical="top"))
        self.percents = [self._look(alignment=Alignment(vertical="top"), number_format=one) for one in _PERCENTS]

    def _look(self, **marks: Any) -> Any:
        cell = WriteOnlyCell(self._page)
        for name, value in marks.items():
            setattr(cell, name, value)
        return cell._style  # noqa: SLF001  # the workbook's number of this look; assigning the marks anew costs much

    def cell(self, value: Any, look: Any) -> Any:
        cell = WriteOnlyCell(self._page)
        cell._style = look  # noqa: SLF001  # as above
        if isinstance(value, str):
            set_text(cell, value)
        else:
            cell.value = value
        return cell


_PERCENTS = ("0%", "0.0%", "0.00%", "0.000%", "0.0000%")


def _write(book: Any, page: Page, lists: _Lists) -> None:
    sheet = book.create_sheet(page.title)
    sheet.freeze_panes = f"{get_column_letter(page.frozen + 1)}2"
    sheet.sheet_properties.outlinePr.summaryBelow = False
    _lay_out_for_paper(sheet, page)
    for number, column in enumerate(page.headings, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    styles = _Styles(sheet)
    sheet.append([styles.cell(column.label, styles.header) for column in page.headings])
    last = 1
    for last, row in enumerate(page.rows, start=2):
        if row.level:
            sheet.row_dimensions[last].outlineLevel = row.level
        sheet.append([_cell(styles, page.headings[at], row, at, value) for at, value in enumerate(row.cells)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(page.headings))}{last}"
    _offer(sheet, page, lists, last + _ROOM)


def _lay_out_for_paper(sheet: Any, page: Page) -> None:
    """A3 across, the header on every page, wide sheets on two pages side by side with what stays in sight on both."""
    wide = sum(column.width for column in page.headings) > _ONE_PAGE
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = (2 if wide else 1), 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    if wide:
        sheet.print_title_cols = f"A:{get_column_letter(page.frozen)}"


def _offer(sheet: Any, page: Page, lists: _Lists, last: int) -> None:
    for number, column in enumerate(page.headings, start=1):
        if column.words:
            validation = lists.validation(column.words)
            letter = get_column_letter(number)
            validation.add(f"{letter}2:{letter}{last}")
            sheet.data_validations.append(validation)


def _cell(styles: _Styles, column: Heading, row: Shown, at: int, value: str | Decimal | None) -> Any:
    if value is None or value == "":
        return styles.cell(None, styles.heading) if row.heading else None
    if row.heading:
        return styles.cell(str(value), styles.heading)
    if isinstance(value, Decimal):
        return _number(styles, value, percent=at in row.percents)
    return styles.cell(value, styles.text if column.width >= _WIDE else styles.plain)


def _number(styles: _Styles, value: Decimal, *, percent: bool) -> Any:
    if len(value.as_tuple().digits) > _MOST_DIGITS or f"{plain(value):f}" != f"{value:f}":
        return styles.cell(f"{value:f}", styles.plain)  # a number cell would lose digits, or the last 0 of 0.20
    if not percent:
        return styles.cell(value, styles.number)
    decimals = max(0, -int(value.normalize().as_tuple().exponent) - 2)
    return styles.cell(value, styles.percents[min(decimals, len(_PERCENTS) - 1)])
