"""A bureau with another number of lines: its sheets are checked and its library published by its own."""

import pytest

from shared.errors import Invalid
from tests.component.targets.world import CYCLE, World, sheets
from tests.unit.targets.reference import as_csv, rows

KEPT = {"access": "准入口", "routine_supervision": "日常口", "special_supervision": "专项口"}
SHARES = {"access": "0.3", "routine_supervision": "0.3", "special_supervision": "0.4"}


def with_kept_lines(name: str) -> bytes:
    """Whoever belonged to another line now belongs to the first."""
    known = {*KEPT, "all"}
    return as_csv([{**row, "line": row["line"] if row["line"] in known else "access"} for row in rows(name)])


def indicators() -> bytes:
    """Those of the kept lines, numbered anew on every level."""
    kept = [row for row in rows("indicators") if row["line"] in {*KEPT, "all"}]
    numbers: dict[str, str] = {}
    children: dict[str, int] = {}
    for row in kept:
        code = ""
        for digits in (2, 5, 8):
            known = row["code"][:digits]
            if known not in numbers:
                children[code] = children.get(code, 0) + 1
                numbers[known] = f"{code}-{children[code]:02d}".lstrip("-")
            code = numbers[known]
    figures = {row["code"]: row["figure"] for row in rows("machine_figures")}
    assert all(numbers[code] == code for code in figures), "the codes of machine figures stay"
    return as_csv([{**row, "code": numbers[row["code"]]} for row in kept])


def library() -> dict[str, bytes]:
    composite = [row for row in rows("composite") if row["target"] != "station_lines"]
    parts = [
        {"target": "station_lines", "component": line, "weight": share, "definition": ""}
        for line, share in SHARES.items()
    ]
    return {
        "indicators": indicators(),
        "models": as_csv([row for row in rows("models") if row["line"] in KEPT]),
        "composite": as_csv([*composite, *parts]),
    }


@pytest.fixture
def three_lines(bureau: World) -> World:
    lines = as_csv([{"code": line, "name": name} for line, name in KEPT.items()])
    changed = {name: with_kept_lines(name) for name in ("organisation", "positions")}
    bureau.call("import_organisation", sheets=sheets(lines=lines, **changed))
    bureau.call("create_cycle", cycle=CYCLE)
    return bureau


def test_a_library_of_three_lines_is_checked_and_published_by_them(three_lines: World):
    three_lines.call("import_library", cycle=CYCLE, sheets=sheets("machine_figures", **library()))
    cycle = three_lines.call("publish_library", cycle=CYCLE)
    assert list(cycle["weights"]["person"]) == list(KEPT)
    assert cycle["composite"]["station_lines"] == SHARES
    assert len(three_lines.pages("list_indicators", cycle=CYCLE, line="special_supervision")) > 0


def test_what_speaks_of_a_line_that_the_bureau_has_not_is_refused(three_lines: World):
    with pytest.raises(Invalid) as refused:
        three_lines.call(
            "import_library",
            cycle=CYCLE,
            sheets=sheets("machine_figures", "indicators", "composite", models=library()["models"]),
        )
    found = {(one["sheet"], one["column"], one["code"]) for one in refused.value.errors}
    assert {("indicators", "line", "cell.choice"), ("composite", "component", "cell.choice")} <= found


def test_a_line_is_told_by_the_bureaus_own_name(three_lines: World):
    three_lines.call("import_library", cycle=CYCLE, sheets=sheets("machine_figures", **library()))
    three_lines.call("publish_library", cycle=CYCLE)
    every = three_lines.pages("list_indicators", cycle=CYCLE, line="routine_supervision")
    item = next(one["indicator"] for one in every if one["rule"] == "ratio" and one["line"] == "routine_supervision")
    share = {"indicator": item, "line": "access", "quantity": "1"}
    with pytest.raises(Invalid) as refused:
        three_lines.call("set_line_allocations", cycle=CYCLE, allocations=[share])
    assert [(one["code"], one["zh"]) for one in refused.value.errors] == [("line.foreign", "该指标属于日常口")]


def test_a_line_without_items_does_not_add_up(three_lines: World):
    lines = as_csv([{"code": line, "name": name} for line, name in {**KEPT, "harbour": "港口口"}.items()])
    three_lines.call("import_organisation", sheets=sheets(lines=lines))
    with pytest.raises(Invalid) as refused:
        three_lines.call("import_library", cycle=CYCLE, sheets=sheets("machine_figures", **library()))
    found = {(one["sheet"], one["code"]) for one in refused.value.errors}
    assert found == {("indicators", "sum.not_100"), ("models", "model.missing")}
