"""Whatever people may call things: in no sheet that goes out is it a formula. Each place that makes sheets has its case here."""

import ast
import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from gateway.api import case_sheets
from gateway.forms.workbook import form_workbook
from gateway.paper.tables import write_table
from services.targets.domain.pages import Heading, Page, Shown
from services.targets.sheets.csv_file import csv_rows
from services.targets.sheets.writing import csv_text, workbook
from shared.jsontext import dumps
from shared.sheets.formulas import shielded, unshielded
from tests.support import forms
from tests.support.composition import ROOT

FORMULAS = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "'=1+1",
]
HARMLESS = ["滨河工商所", "-5", "+3.25", "-12.5%", "a=b", "", "'quoted'"]


def _organisation_or_library_as_csv(text: str) -> bytes:
    return csv_text(["name"], [[text]])


def _cases_as_csv(text: str) -> bytes:
    row = dict.fromkeys(case_sheets.HEADINGS)
    return "".join(case_sheets.lines([{**row, "trader": text}], case_sheets.HEADINGS)).encode()


def _organisation_or_library_as_workbook(text: str) -> bytes:
    return workbook(
        [
            Page(
                "页",
                [Heading("名称", 40, ("甲", text)), Heading(text)],
                [Shown([text, text], heading=True), Shown([text, text])],
            )
        ]
    )


def _form(text: str) -> bytes:
    form = forms.review(1)
    form["rows"][0] |= {"name": text, "standard": text, "remark": text, "evidence": [text]}
    return form_workbook(form | {"name": text})


def _scores(text: str) -> bytes:
    head = {"columns": {"subject": "text", "name": "text"}, "headings": {"subject": text}}
    out = io.BytesIO()
    write_table("xlsx", [dumps(one).encode() for one in (head, {"subject": text, "name": text})], out)
    return out.getvalue()


MAKERS: dict[str, list[Callable[[str], bytes]]] = {
    "services/targets/sheets/writing.py": [_organisation_or_library_as_csv, _organisation_or_library_as_workbook],
    "gateway/forms/workbook.py": [_form],
    "gateway/paper/tables.py": [_scores],
    "gateway/api/case_sheets.py": [_cases_as_csv],
}


def _makers_in_the_source() -> Iterator[str]:
    """Files that call ``csv.writer``, ``DictWriter`` or ``Workbook``."""
    for room in ("gateway", "services", "shared", "ops", "rules"):
        for path in sorted((ROOT / room).rglob("*.py")):
            called = {
                _name(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
            }
            if called & {"writer", "DictWriter", "Workbook"}:
                yield str(path.relative_to(ROOT))


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def test_every_place_that_makes_sheets_has_its_case_here() -> None:
    assert set(_makers_in_the_source()) == set(MAKERS)


def _cells(data: bytes) -> Iterator[tuple[str, str]]:
    """(type, text) of each cell; a CSV's are of no type."""
    if not data.startswith(b"PK"):
        yield from (("csv", cell) for row in csv.reader(io.StringIO(data.decode(), newline="")) for cell in row)
        return
    for page in load_workbook(io.BytesIO(data)).worksheets:
        yield from (
            (cell.data_type, str(cell.value)) for row in page.iter_rows() for cell in row if cell.value is not None
        )


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("make", [one for makers in MAKERS.values() for one in makers])
def test_no_cell_is_a_formula(make: Callable[[str], bytes], text: str) -> None:
    cells = list(_cells(make(text)))
    told = [(kind, cell) for kind, cell in cells if text.strip() in cell or cell == shielded(text)]
    assert told
    assert [one for one in cells if one[0] == "f"] == []
    assert [cell for kind, cell in told if kind == "csv" and not cell.startswith("'")] == []


def test_a_text_that_begins_like_a_formula_stays_a_text_when_its_cell_is_edited() -> None:
    page: Any = load_workbook(io.BytesIO(_scores("=1+1"))).active
    assert page["A2"].quotePrefix


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_none_stays_as_it_is(text: str) -> None:
    assert shielded(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
def test_what_is_exported_reads_back_as_it_was(text: str) -> None:
    assert unshielded(shielded(text)) == text


@pytest.mark.parametrize("text", [*FORMULAS, *HARMLESS])
def test_an_export_as_csv_can_be_imported_again(text: str) -> None:
    assert [list(cells) for _, cells in csv_rows(csv_text(["name", "other"], [[text, "x"]]))][1:] == [[text, "x"]]
