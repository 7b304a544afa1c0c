"""Filling in a form's sheet as an office would: export, type, save."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE

REVIEW = f"forms/review?cycle={CYCLE}&period=2026-M01"
BOOK = f"forms/review/workbook?cycle={CYCLE}&period=2026-M01"
Edit = Callable[[Any], None]


def exported(bureau: HttpBureau, path: str = BOOK, by: str = "PS") -> bytes:
    answer = bureau.get(by, path)
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)


def blank(bureau: HttpBureau) -> bytes:
    """The 核评表 without the zeros that 12315 fills in of itself."""
    return filled(exported(bureau), *((f"08-01-01|{key}", "declared", None) for key in ("numerator", "denominator")))


def edited(book: bytes, edit: Edit) -> bytes:
    opened = load_workbook(BytesIO(book))
    edit(opened)
    stream = BytesIO()
    opened.save(stream)
    return stream.getvalue()


def filled(book: bytes, *cells: tuple[str, str, Any]) -> bytes:
    """With values put beside hidden keys, with or without their revision: (key, column name, value)."""

    def fill(opened: Any) -> None:
        page = opened.worksheets[0]
        names = next(row for row in page.iter_rows() if row[0].value == "#kaohe")
        columns = {cell.value: cell.column for cell in names}
        keys = {name: row[0].row for row in page.iter_rows() if row[0].value for name in _names(str(row[0].value))}
        for key, column, value in cells:
            page.cell(keys[key], columns[column]).value = value

    return edited(book, fill)


def _names(key: str) -> tuple[str, str]:
    return key.partition("@")[0], key


def faults(answer: Any) -> list[tuple[int, str, str]]:
    assert (answer.status_code, answer.json["code"]) == (422, "form.refused"), answer.text
    return [(one["row"], one["column"], one["code"]) for one in answer.json["errors"]]
