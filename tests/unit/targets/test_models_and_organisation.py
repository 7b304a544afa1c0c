import pytest

from services.targets.domain.model_rows import (
    COMPOSITE_COLUMNS,
    FIGURE_COLUMNS,
    MODEL_COLUMNS,
    read_composite,
    read_figures,
    read_models,
)
from services.targets.domain.organisation_rows import (
    POSITION_COLUMNS,
    UNIT_COLUMNS,
    read_positions,
    read_units,
    warn_heads,
)
from services.targets.sheets import SheetFile, read_sheet
from shared.vocabulary.library import MACHINE_FIGURES
from tests.unit.targets.reference import as_csv, row_of, rows, sheet, spoiled, units


def read(name, columns, reader, data=None):
    lines, faults = read_sheet(SheetFile(name, sheet(name) if data is None else data), columns)
    content, found = reader(lines)
    return content, [*faults, *found]


def changed(name, number, **cells):
    """The sheet with cells of the spreadsheet's row ``number`` changed."""
    table = rows(name)
    table[number - 2].update(cells)
    return as_csv(table)


def codes(faults):
    return {(fault.code, fault.row, fault.column) for fault in faults}


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (changed("models", 2, common="0.24"), ("weight.sum", 2, "layer")),
        (changed("models", 2, common="1.25"), ("weight.range", 2, "common")),
        (changed("models", 2, common=""), ("cell.required", 2, "common")),
        (changed("models", 2, common="0.25001"), ("cell.decimals", 2, "common")),
        (changed("models", 2, layer="county"), ("cell.choice", 2, "layer")),
        (changed("models", 3, line="access"), ("model.duplicate", 3, "line")),
        (as_csv(rows("models")[1:]), ("model.missing", 0, "line")),
    ],
)
def test_a_spoiled_model_is_found_where_it_stands(data, fault):
    assert fault in codes(read("models", MODEL_COLUMNS, read_models, data)[1])


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (changed("composite", 2, weight="0.6"), ("weight.sum", 2, "weight")),
        (changed("composite", 3, component="personal"), ("composite.duplicate", 3, "component")),
        (changed("composite", 3, component="luck"), ("cell.choice", 3, "component")),
        (changed("composite", 3, target="county"), ("cell.choice", 3, "target")),
        (as_csv(rows("composite")[:-3]), ("weight.sum", 0, "weight")),
    ],
)
def test_a_spoiled_composite_is_found_where_it_stands(data, fault):
    assert fault in codes(read("composite", COMPOSITE_COLUMNS, read_composite, data)[1])


def test_the_reference_models_are_sound():
    assert read("models", MODEL_COLUMNS, read_models)[1] == []
    assert read("composite", COMPOSITE_COLUMNS, read_composite)[1] == []


def test_the_eighteen_machine_fed_indicators_each_have_their_figure():
    figures, faults = read("machine_figures", FIGURE_COLUMNS, read_figures)
    assert faults == []
    fed = {row["code"]: row["source"] for row in rows("indicators") if row["source"] != "declared"}
    assert figures.keys() == fed.keys()
    assert all(figure in MACHINE_FIGURES[fed[code]] for code, figure in figures.items())


def test_a_figure_feeds_one_indicator():
    data = b"code,figure\n02-01-01,absence\n02-01-02,absence\n"
    assert ("figure.duplicate", 3, "code") in codes(read("machine_figures", FIGURE_COLUMNS, read_figures, data)[1])


@pytest.mark.parametrize(
    ("code", "cells", "fault", "column"),
    [
        ("D02", {"code": "D01"}, "code.duplicate", "code"),
        ("D02", {"name": "注册登记科"}, "name.duplicate", "name"),
        ("D02", {"code": "科 2"}, "code.form", "code"),
        ("D02", {"kind": "team"}, "cell.choice", "kind"),
        ("D02", {"line": "all"}, "unit.line", "line"),
        ("S01", {"line": "access"}, "unit.line", "line"),
        ("D02", {"parent": "X99"}, "unit.unknown", "parent"),
        ("D02", {"parent": ""}, "unit.parent", "parent"),
        ("D02", {"parent": "D02"}, "unit.circle", "parent"),
        ("S01", {"kind": "bureau"}, "bureau.one", "kind"),
    ],
)
def test_a_spoiled_unit_is_found_where_it_stands(code, cells, fault, column):
    found = codes(read("organisation", UNIT_COLUMNS, read_units, spoiled("organisation", code, **cells))[1])
    assert (fault, row_of("organisation", code), column) in found


@pytest.mark.parametrize(
    ("code", "cells", "fault", "column"),
    [
        ("D01-02", {"code": "D01-01"}, "code.duplicate", "code"),
        ("D01-02", {"unit": "X99"}, "unit.unknown", "unit"),
        ("D01-02", {"unit_kind": "station"}, "position.kind", "unit_kind"),
        ("D01-02", {"head": "perhaps"}, "cell.choice", "head"),
        ("D01-02", {"line": "sea"}, "cell.choice", "line"),
        ("D01-02", {"title": ""}, "cell.required", "title"),
    ],
)
def test_a_spoiled_position_is_found_where_it_stands(code, cells, fault, column):
    known = {unit.unit: unit for unit in units()}
    data = spoiled("positions", code, **cells)
    found = codes(read("positions", POSITION_COLUMNS, lambda lines: read_positions(lines, known), data)[1])
    assert (fault, row_of("positions", code), column) in found


def test_a_unit_where_nobody_can_verify_is_a_warning():
    known = {unit.unit: unit for unit in units()}
    data = as_csv([row for row in rows("positions") if row["code"] != "D07-01"])
    positions, faults = read("positions", POSITION_COLUMNS, lambda lines: read_positions(lines, known), data)
    assert faults == []
    assert [warning.en for warning in warn_heads(known.values(), positions)] == ["D07 has no head position"]
