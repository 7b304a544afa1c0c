"""What an upload says about lines, units, positions and persons, read against what is known, with every fault."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.targets.domain.faults import Fault
from services.targets.domain.line_rows import LINE_COLUMNS, check_lines, read_lines
from services.targets.domain.organisation_rows import (
    OPTIONAL_UNIT_COLUMNS,
    POSITION_COLUMNS,
    UNIT_COLUMNS,
    read_positions,
    read_units,
    warn_heads,
)
from services.targets.domain.person_rows import OPTIONAL_PERSON_COLUMNS, PERSON_COLUMNS, Listed, read_persons
from services.targets.domain.units import Position, Unit
from services.targets.sheets import SheetFile, parts_of, read_sheet
from services.targets.storage.lines import Lines
from services.targets.storage.organisation_history import OrganisationHistory
from services.targets.storage.units import Positions, Units
from shared.contracts.targets.organisation import SHEETS
from shared.database import Session


@dataclass
class Organisation:
    """What is known, and what the sheets say."""

    known_lines: Mapping[str, str]
    known_units: Mapping[str, Unit]
    known_positions: Mapping[str, Position]
    lines: Mapping[str, str] = field(default_factory=dict)
    units: list[Unit] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    persons: list[Listed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    @property
    def all_units(self) -> dict[str, Unit]:
        return {**self.known_units, **{unit.unit: unit for unit in self.units}}

    @property
    def all_positions(self) -> dict[str, Position]:
        return {**self.known_positions, **{one.position: one for one in self.positions}}


def known_on(session: Session, bureau: str, day: date) -> Organisation:
    """Return the organisation as it will be on ``day``, today or later: as it is, with what comes about until then."""
    lines, units, positions = (
        Lines(session, bureau).all(),
        Units(session, bureau).all(),
        Positions(session, bureau).all(),
    )
    for one in OrganisationHistory(session, bureau).waiting(day):
        if one.kind == "unit":
            units[one.code] = Unit(
                **one.state, revision=units[one.code].revision if one.code in units else 0, by=one.by
            )
        else:
            revision = positions[one.code].revision if one.code in positions else 0
            positions[one.code] = Position(**one.state, revision=revision)
    return Organisation(lines, units, positions, lines=lines)


def read_organisation(session: Session, bureau: str, sheets: Mapping[str, bytes], day: date) -> Organisation:
    """Read the organisation against what is known of ``day``; each sheet may name what the ones before it bring."""
    read = known_on(session, bureau, day)
    given = _unpacked(sheets)
    for name, take in (
        ("lines", _take_lines),
        ("organisation", _take_units),
        ("positions", _take_positions),
        ("persons", _take_persons),
    ):
        if name in given:
            take(read, SheetFile(name, given[name]))
    if "lines" in given:
        read.faults += check_lines(read.lines, read.all_units.values(), read.all_positions.values())
    return read


def _unpacked(sheets: Mapping[str, bytes]) -> dict[str, bytes]:
    """A workbook stands for the sheets that its worksheets are named after."""
    given = {name: data for name, data in sheets.items() if name != "workbook"}
    book = sheets.get("workbook")
    if book is None:
        return given
    return {**(dict.fromkeys(parts_of(book, SHEETS), book) or {"organisation": book}), **given}


def _take_lines(read: Organisation, file: SheetFile) -> None:
    rows, faults = read_sheet(file, LINE_COLUMNS)
    lines, found = read_lines(rows)
    read.lines = lines or read.lines
    read.faults += [*faults, *found]


def _take_units(read: Organisation, file: SheetFile) -> None:
    rows, faults = read_sheet(file, UNIT_COLUMNS, OPTIONAL_UNIT_COLUMNS)
    read.units, found = read_units(rows, read.lines) if rows else ([], [])
    read.faults += [*faults, *found]
    named = {unit.unit for unit in read.units}
    read.warnings += [
        Fault("organisation", 0, "code", "unit.absent", f"表中没有 {unit.name}，保持不变", f"{code} is not named; kept")
        for code, unit in read.known_units.items()
        if code not in named
    ]


def _take_positions(read: Organisation, file: SheetFile) -> None:
    rows, faults = read_sheet(file, POSITION_COLUMNS)
    read.positions, found = read_positions(rows, read.all_units, read.lines)
    read.faults += [*faults, *found]
    read.warnings += warn_heads((unit for unit in read.all_units.values() if unit.active), read.positions)


def _take_persons(read: Organisation, file: SheetFile) -> None:
    rows, faults = read_sheet(file, PERSON_COLUMNS, OPTIONAL_PERSON_COLUMNS)
    read.persons, found = read_persons(rows, read.all_units, read.all_positions)
    read.faults += [*faults, *found]
