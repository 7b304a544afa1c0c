"""Tables as files: .xlsx for people, parquet for programs. Numbers keep their decimals: no cell and no column holds a float's rounding."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from shared.jsontext import dumps, loads
from shared.sheets.formulas import set_text

Row = Mapping[str, Any]
Columns = Mapping[str, str]  # name -> type: text, whole, yes, or d<n> for n decimals
SQL = {"text": "VARCHAR", "whole": "BIGINT", "yes": "BOOLEAN", "d2": "DECIMAL(12,2)", "d4": "DECIMAL(14,4)"}
WIDTH, WIDTHS = 13, {"unit_name": 22, "line": 22, "item": 34, "counts": 26, "formula": 48, "sentence": 90}  # characters
A4, MARGIN, TWO_LINES = 9, 0.4, 30  # as workbooks count papers; inches; points
FORMATS = {"d2": "0.00", "d4": "0.0000"}


def write_table(form: str, lines: Iterable[bytes], out: BinaryIO) -> None:
    """Write a table; ``lines``: JSON; first {"columns", "headings", "printed"}, then each row. ``form``: xlsx or
    parquet. The rows are never held together."""
    parts = map(loads, lines)
    head = next(parts)
    if form == "xlsx":
        _write_xlsx(head["columns"], head["headings"], head.get("printed", {}), parts, out)
        return
    with tempfile.TemporaryDirectory(prefix="kaohe-") as folder:
        target = Path(folder, "table.parquet")
        write_parquet(target, head["columns"], parts)
        with target.open("rb") as made:
            shutil.copyfileobj(made, out)


def write_parquet(target: Path, columns: Columns, rows: Iterable[Row], *, memory: str = "512MB") -> int:
    """Write the table row by row through a file: memory does not grow with the
    table. Returns how many rows were written."""
    with tempfile.TemporaryDirectory(prefix="kaohe-") as folder:
        lines, count = Path(folder, "rows.json"), 0
        with lines.open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(dumps({name: row.get(name) for name in columns}) + "\n")
                count += 1
        with duckdb.connect(config={"memory_limit": memory, "temp_directory": folder}) as database:
            database.execute(_copy(columns, lines, target, count))
        return count


def _write_xlsx(
    columns: Columns, headings: Mapping[str, str], printed: Mapping[str, Any], rows: Iterable[Row], out: BinaryIO
) -> None:
    """``printed``: the ``title`` above and the ``foot`` below each printed page, and how wide some columns are, in characters."""
    book = Workbook(write_only=True)
    page = book.create_sheet("结果")
    page.freeze_panes = "A2"
    for place, name in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = printed.get("widths", {}).get(name) or WIDTHS.get(
            name, WIDTH
        )
    if "widths" in printed:
        page.row_dimensions[1].height = TWO_LINES
    _set_out(page, printed)
    head = [WriteOnlyCell(page) for _ in columns]
    for cell, name in zip(head, columns, strict=True):
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center")
        set_text(cell, headings.get(name, name))
    page.append(head)
    for row in rows:
        page.append([_cell(page, kind, row.get(name)) for name, kind in columns.items()])
    book.save(out)


def _set_out(page: Any, printed: Mapping[str, Any]) -> None:
    """Let the table be printed on sheets across, all columns beside each other, the headings on each."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows, page.print_options.gridLines = "1:1", True
    page.page_margins.left = page.page_margins.right = MARGIN
    page.oddHeader.center.size = 14
    page.oddHeader.center.text = printed.get("title", "").replace("&", "&&")
    page.oddFooter.left.text = printed.get("foot", "").replace("&", "&&")
    page.oddFooter.right.text = "第 &P 页，共 &N 页"


def _copy(columns: Columns, lines: Path, target: Path, count: int) -> str:
    """Decimals come as texts, which are cast exactly; as JSON numbers they could pass through a double."""
    names = ", ".join(f"'{name}': '{SQL[kind]}'" for name, kind in columns.items())
    source = f"read_json('{lines}', format='newline_delimited', columns={{{names}}})"
    limit = "" if count else " LIMIT 0"
    return f"COPY (SELECT * FROM {source}{limit}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608  # our own names


def _cell(page: Any, kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind in FORMATS:
        cell = WriteOnlyCell(page, Decimal(value))
        cell.number_format = FORMATS[kind]
        return cell
    if kind == "text":
        cell = WriteOnlyCell(page)
        set_text(cell, str(value))
        return cell
    return ("是" if value else "否") if kind == "yes" else value
