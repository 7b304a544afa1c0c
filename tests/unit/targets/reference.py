"""The reference sheets, and ways to spoil them."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from services.targets.domain.faults import Fault
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_checks import check_library
from services.targets.domain.library_rows import Surroundings, indicator_columns, read_indicators
from services.targets.domain.model_rows import FIGURE_COLUMNS, read_figures
from services.targets.domain.organisation_rows import UNIT_COLUMNS, read_units
from services.targets.domain.units import Unit
from services.targets.sheets import SheetFile, read_sheet

FOLDER = Path(__file__).resolve().parents[3] / "data" / "reference"
Rows = list[dict[str, str]]


def sheet(name: str) -> bytes:
    return (FOLDER / f"{name}.csv").read_bytes()


def rows(name: str) -> Rows:
    return list(csv.DictReader(io.StringIO(sheet(name).decode(), newline="")))


def as_csv(table: Rows) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode()


def as_xlsx(table: Rows, convert: Callable[[str, str], object] = lambda _column, text: text) -> bytes:
    book = Workbook()
    page = book.active
    page.append(list(table[0]))
    for row in table:
        page.append([convert(column, text) for column, text in row.items()])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def spoiled(name: str, code: str, /, **cells: str) -> bytes:
    """The sheet with some cells of the row ``code`` changed."""
    table = rows(name)
    row = next(row for row in table if row["code"] == code)
    unknown = set(cells) - set(row)
    assert not unknown, unknown
    row.update(cells)
    return as_csv(table)


def row_of(name: str, code: str) -> int:
    """Where a spreadsheet shows it."""
    return next(number for number, row in enumerate(rows(name), start=2) if row["code"] == code)


def units() -> list[Unit]:
    lines, _ = read_sheet(SheetFile("organisation", sheet("organisation")), UNIT_COLUMNS)
    return read_units(lines)[0]


def surroundings() -> Surroundings:
    lines, _ = read_sheet(SheetFile("machine_figures", sheet("machine_figures")), FIGURE_COLUMNS)
    return Surroundings("2026", {unit.name: unit.unit for unit in units()}, read_figures(lines)[0])


def library(data: bytes) -> tuple[list[Indicator], list[Fault]]:
    """The indicators in ``data``, and every fault of the sheet."""
    lines, faults = read_sheet(SheetFile("indicators", data), indicator_columns("2026"))
    indicators, found = read_indicators(lines, surroundings())
    return indicators, [*faults, *found, *(check_library(indicators) if lines else [])]
