"""organisation.csv and positions.csv: from rows to units and positions, with every check of their structure."""

import re
from collections.abc import Iterable, Mapping, Sequence

from services.targets.domain.faults import Fault
from services.targets.domain.sheet import Cells, Line, Notes, full_width_fault, half_width
from services.targets.domain.units import Position, Unit
from shared.vocabulary.library import YES_NO
from shared.vocabulary.organisation import ALL_LINES, LINES, UNIT_KINDS, with_all

UNIT_COLUMNS = ("code", "name", "kind", "line", "parent", "notes")
OPTIONAL_UNIT_COLUMNS = ("active",)
POSITION_COLUMNS = ("code", "title", "unit_kind", "line", "duties", "head", "unit")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}")
_WITHOUT_LINE = ("bureau", "station", "body")  # kinds that serve all lines; the others belong to one


def read_units(lines: Sequence[Line], of_lines: Mapping[str, str] = LINES) -> tuple[list[Unit], list[Fault]]:
    """Read units; ``of_lines``: the bureau's lines, code -> name."""
    notes = Notes("organisation")
    units = [_unit(Cells(line, notes), of_lines) for line in lines]
    _unique(notes, lines, "code", "code.duplicate")
    _unique(notes, lines, "name", "name.duplicate")
    _tree(notes, lines, units)
    return units, notes.faults


def read_positions(
    lines: Sequence[Line], units: Mapping[str, Unit], of_lines: Mapping[str, str] = LINES
) -> tuple[list[Position], list[Fault]]:
    """Read positions; ``units``: those of the same import and those known already, by code."""
    notes = Notes("positions")
    positions = [_position(Cells(line, notes), units, of_lines) for line in lines]
    _unique(notes, lines, "code", "code.duplicate")
    return positions, notes.faults


def warn_heads(units: Iterable[Unit], positions: Sequence[Position]) -> list[Fault]:
    """Warn of units where nobody can verify, because no position there is a head's."""
    headed = [position for position in positions if position.head]
    return [
        Fault(
            "organisation",
            0,
            "code",
            "unit.headless",
            f"{unit.name} 没有负责人岗位",
            f"{unit.unit} has no head position",
        )
        for unit in units
        if not any(position.fits(unit) for position in headed)
    ]


def _unit(cells: Cells, of_lines: Mapping[str, str]) -> Unit:
    kind = cells.choice("kind", UNIT_KINDS)
    line = cells.choice("line", with_all(of_lines))
    if kind and line and (kind in _WITHOUT_LINE) != (line == ALL_LINES):
        cells.fault(
            "line", "unit.line", "科室应属于一个口，分局、工商所和小组为 all", "a section has one line, the others all"
        )
    active = cells.choice("active", YES_NO) != "no" if cells.given("active") else True
    parent, notes = cells.optional("parent") or None, cells.optional("notes")
    return Unit(_code(cells, "code"), cells.text("name"), kind, line, parent, notes, active)


def _position(cells: Cells, units: Mapping[str, Unit], of_lines: Mapping[str, str]) -> Position:
    code, kind = _code(cells, "code"), cells.choice("unit_kind", UNIT_KINDS)
    unit = units.get(cells.optional("unit"))
    if unit is None and cells.optional("unit"):
        cells.fault("unit", "unit.unknown", f"没有单位 {cells.optional('unit')}", "there is no such unit")
    if unit is not None and kind and unit.kind != kind:
        cells.fault("unit_kind", "position.kind", f"{unit.name}不是{UNIT_KINDS[kind]}", f"{unit.unit} is a {unit.kind}")
    head = cells.choice("head", YES_NO) == "yes"
    title, line = cells.text("title"), cells.choice("line", with_all(of_lines))
    return Position(code, title, kind, line, cells.optional("duties"), head, unit.unit if unit else None)


def _code(cells: Cells, column: str) -> str:
    code = cells.text(column)
    if code and half_width(code) != code:
        cells.fault(column, *full_width_fault(column))
    elif code and not CODE.fullmatch(code):
        cells.fault(
            column,
            "code.form",
            "编码应为字母、数字和连字符，至多20位",
            "a code is letters, digits and hyphens, 20 at most",
        )
    return code


def _unique(notes: Notes, lines: Sequence[Line], column: str, code: str) -> None:
    seen: dict[str, int] = {}
    for line in lines:
        value = line.cells.get(column, "")
        first = seen.setdefault(value, line.number)
        if value and first != line.number:
            notes.note(line.number, column, code, f"{value} 与第 {first} 行重复", f"{value} is in row {first} already")


def _tree(notes: Notes, lines: Sequence[Line], units: Sequence[Unit]) -> None:
    """One bureau at the top, parents that exist, no circle."""
    parents = {unit.unit: unit.parent for unit in units}
    tops = [line.number for line, unit in zip(lines, units, strict=True) if unit.kind == "bureau"]
    if len(tops) != 1:
        notes.note(
            tops[1] if tops else 0, "kind", "bureau.one", "应有且仅有一个分局", "there must be exactly one bureau"
        )
    for line, unit in zip(lines, units, strict=True):
        if (unit.kind == "bureau" and unit.parent) or (unit.kind != "bureau" and not unit.parent):
            notes.note(
                line.number, "parent", "unit.parent", "除分局外都应有上级单位", "all but the bureau have a parent"
            )
        elif unit.parent and unit.parent not in parents:
            notes.note(
                line.number, "parent", "unit.unknown", f"没有单位 {unit.parent}", f"there is no unit {unit.parent}"
            )
        elif _circles(unit.unit, parents):
            notes.note(line.number, "parent", "unit.circle", "上级单位成环", "the parents go round in a circle")


def _circles(unit: str, parents: Mapping[str, str | None]) -> bool:
    above, steps = parents.get(unit), 0
    while above is not None and steps <= len(parents):
        if above == unit:
            return True
        above, steps = parents.get(above), steps + 1
    return False
