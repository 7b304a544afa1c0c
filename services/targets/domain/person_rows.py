"""persons.csv: one row a place, in any order; from rows to persons with their history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from services.targets.domain.faults import Fault
from services.targets.domain.organisation_rows import CODE
from services.targets.domain.persons import OUTSIDE, POST, Place, misplaced
from services.targets.domain.sheet import Cells, Line, Notes, full_width_fault, half_width
from services.targets.domain.units import Position, Unit
from shared.vocabulary.organisation import PLACE_KINDS

T = TypeVar("T")
PERSON_COLUMNS = ("person", "name", "unit", "position", "starts", "ends")
OPTIONAL_PERSON_COLUMNS = ("kind",)


@dataclass
class Listed:
    """A person as the sheet has them."""

    person: str
    name: str
    row: int
    places: list[tuple[int, Place]] = field(default_factory=list)  # row, place

    @property
    def history(self) -> tuple[Place, ...]:
        return tuple(place for _, place in self.places)


def read_persons(
    lines: Sequence[Line], units: Mapping[str, Unit], positions: Mapping[str, Position]
) -> tuple[list[Listed], list[Fault]]:
    """Read persons; ``units``, ``positions``: those of the same import and those known already, by code."""
    notes = Notes("persons")
    persons: dict[str, Listed] = {}
    for line in lines:
        cells = Cells(line, notes)
        code, name = _code(cells), cells.text("name", 50)
        known = persons.setdefault(code, Listed(code, name, line.number))
        if name and known.name != name:
            zh, en = (
                f"人员 {code} 在第 {known.row} 行名为“{known.name}”",
                f"{code} is {known.name!r} in row {known.row}",
            )
            cells.fault("name", "person.name", zh, en)
        place = _place(cells, units, positions)
        if place is not None:
            known.places.append((line.number, place))
    for person in persons.values():
        _order(person, notes)
    return [one for one in persons.values() if one.person and one.places], notes.faults


def _code(cells: Cells) -> str:
    code = cells.text("person")
    if code and half_width(code) != code:
        cells.fault("person", *full_width_fault("person"))
    elif code and not CODE.fullmatch(code):
        zh, en = "编码应为字母、数字和连字符，至多20位", "a code is letters, digits and hyphens, 20 at most"
        cells.fault("person", "code.form", zh, en)
    return code


def _place(cells: Cells, units: Mapping[str, Unit], positions: Mapping[str, Position]) -> Place | None:
    kind = cells.choice("kind", PLACE_KINDS) if cells.given("kind") else POST
    starts, ends = cells.needed_day("starts"), cells.day("ends")
    if kind == OUTSIDE:
        return None if starts is None else Place("", "", "", head=False, starts=starts, ends=ends, kind=kind)
    unit, position = _known(cells, "unit", units), _known(cells, "position", positions)
    if unit is None or position is None or starts is None or not kind:
        return None
    if not position.fits(unit):
        zh, en = f"{unit.name} 没有岗位“{position.title}”", "the unit has no such position"
        cells.fault("position", "position.unit", zh, en)
    return Place(unit.unit, position.line, position.position, position.head, starts, ends, kind)


def _known(cells: Cells, column: str, known: Mapping[str, T]) -> T | None:
    code = cells.text(column)
    if code and code not in known:
        zh, en = {"unit": ("没有单位", "there is no unit"), "position": ("没有岗位", "there is no position")}[column]
        cells.fault(column, f"{column}.unknown", f"{zh} {code}", f"{en} {code}")
    return known.get(code)


def _order(person: Listed, notes: Notes) -> None:
    """By date; while working outside, the post stays the one before."""
    ordered = sorted(person.places, key=lambda one: one[1].starts)
    home: Place | None = None
    for at, (row, place) in enumerate(ordered):
        if place.kind == POST:
            home = place
        elif place.kind == OUTSIDE and home is not None:
            ordered[at] = (row, replace(home, starts=place.starts, ends=place.ends, kind=OUTSIDE))
    person.places = ordered
    if not ordered:
        return
    if found := misplaced(person.history):
        at, refusal = found
        column = "starts" if refusal.code == "assignment.overlap" else "ends"
        notes.note(ordered[at][0], column, refusal.code, refusal.zh, refusal.en)
