"""What is exported imports back to the same, byte for byte in content; what is broken changes nothing."""

import base64
import codecs
import io

import pytest
from openpyxl import load_workbook

from shared.errors import Invalid
from tests.component.targets.world import CYCLE, LIBRARY, OFFICE, World, sheet, sheets
from tests.unit.targets.corruptions import BOOKS, FILES, ROWS

KINDS = [*ROWS, *BOOKS, *FILES]


def exported(world: World, method: str, **query: str) -> bytes:
    return base64.b64decode(world.call(method, OFFICE, **query)["content"])


def as_csv(world: World) -> dict[str, bytes]:
    made = {name: exported(world, "export_library", cycle=CYCLE, format="csv", sheet=name) for name in LIBRARY}
    assert all(content.startswith(codecs.BOM_UTF8) for content in made.values())
    return {name: content.removeprefix(codecs.BOM_UTF8) for name, content in made.items()}


def take(world: World, **changed: bytes):
    data = {name: base64.b64encode(content).decode() for name, content in changed.items()}
    return world.call("import_library", cycle=CYCLE, sheets=data)


def test_the_reference_library_comes_back_through_csv_byte_for_byte(draft_cycle: World):
    draft_cycle.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY))
    assert as_csv(draft_cycle) == {name: sheet(name) for name in LIBRARY}


def test_the_reference_library_comes_back_through_a_workbook_byte_for_byte(draft_cycle: World):
    draft_cycle.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY))
    book = exported(draft_cycle, "export_library", cycle=CYCLE)
    draft_cycle.call("import_library", cycle=CYCLE, sheets=sheets(*LIBRARY, indicators=shuffled()))
    report = take(draft_cycle, workbook=book)
    assert (report["errors"], report["warnings"], report["counts"]["level3"]) == ([], [], 250)
    assert as_csv(draft_cycle) == {name: sheet(name) for name in LIBRARY}


def shuffled() -> bytes:
    """Another library, so that the workbook has something to change: evidence gone everywhere."""
    import csv

    table = list(csv.DictReader(io.StringIO(sheet("indicators").decode(), newline="")))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(table[0]))
    writer.writeheader()
    writer.writerows({**row, "evidence": ""} for row in table)
    return text.getvalue().encode()


def test_the_organisation_comes_back_through_csv_and_through_a_workbook(bureau: World):
    bureau.call(
        "add_persons",
        persons=[{"person": "P9001", "name": "=1+1", "unit": "D01", "position": "D01-02", "starts": "2026-01-01"}],
    )
    parts = ("lines", "organisation", "positions", "persons")
    before = {name: exported(bureau, "export_organisation", format="csv", sheet=name) for name in parts}
    assert before["organisation"] == codecs.BOM_UTF8 + sheet("organisation")
    assert before["positions"] == codecs.BOM_UTF8 + sheet("positions")
    renamed = bureau.call("change_person", person="P9001", name="张三")
    assert renamed["name"] == "张三"
    book = exported(bureau, "export_organisation")
    bureau.clear_outbox()
    report = bureau.call("import_organisation", sheets={"workbook": base64.b64encode(book).decode()})
    assert [report[part]["updated"] for part in ("units", "positions", "persons")] == [0, 0, 0]
    assert bureau.states("UnitChanged") == bureau.states("PersonChanged") == []


def test_the_workbook_is_made_for_people(drafted: World):
    book = load_workbook(io.BytesIO(exported(drafted, "export_library", cycle=CYCLE)))
    page = book["指标库"]
    assert {one.showErrorMessage for one in page.data_validations.dataValidation} == {True}
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.print_title_rows) == ("landscape", 2, "$1:$1")
    assert (page.freeze_panes, page.auto_filter.ref) == ("E2", f"A1:X{page.max_row}")
    assert [page.cell(1, at).value for at in (1, 5, 11, 23)] == ["指标编码", "指标类别", "满分", "2026年目标"]
    assert [page.cell(row, 1).value for row in (2, 3, 4)] == ["01", "01-01", "01-01-01"]
    assert [page.row_dimensions[row].outlineLevel for row in (2, 3, 4)] == [0, 1, 2]
    assert (page.cell(4, 5).value, page.cell(4, 8).value, page.cell(4, 9).value) == (
        "共性类",
        "各口共用",
        "机关科室|工商所",
    )
    assert (page.cell(5, 20).value, page.cell(5, 20).number_format) == (0.902, "0.0%")
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert set(offered) == {f"{letter}2" for letter in "EFGHLNOS"}
    assert book["选项"].sheet_state == "hidden"
    assert page.column_dimensions["Q"].width == 60


def test_no_kind_of_spoiled_sheet_changes_anything(drafted: World):
    drafted.clear_outbox()
    before, lines = as_csv(drafted), drafted.count("audit")
    for kind, data, (code, row, column) in KINDS:
        with pytest.raises(Invalid, match="library.invalid") as refused:
            take(drafted, indicators=data)
        found = {(one["code"], one["row"], one["column"]) for one in refused.value.errors}
        assert (code, row, column) in found or code == "sum.not_100", kind
        assert all(one["zh"] and one["en"] for one in refused.value.errors), kind
    assert as_csv(drafted) == before
    assert (drafted.count("audit"), drafted.states("IndicatorChanged")) == (lines, [])
