"""The organisation and its staff as the text cells of their sheets."""

from collections.abc import Iterable, Mapping

from services.targets.domain.persons import OUTSIDE, Person
from services.targets.domain.sheet import TextRow
from services.targets.domain.units import Position, Unit
from shared.vocabulary.library import YES_NO
from shared.vocabulary.organisation import PLACE_KINDS, UNIT_KINDS, with_all


def line_cells(lines: Mapping[str, str]) -> list[TextRow]:
    return [{"code": line, "name": name} for line, name in lines.items()]


def unit_cells(units: Iterable[Unit]) -> list[TextRow]:
    return [
        {
            "code": unit.unit,
            "name": unit.name,
            "kind": unit.kind,
            "line": unit.line,
            "parent": unit.parent or "",
            "notes": unit.notes,
            "active": _word(unit.active),
        }
        for unit in units
    ]


def position_cells(positions: Iterable[Position]) -> list[TextRow]:
    return [
        {
            "code": one.position,
            "title": one.title,
            "unit_kind": one.unit_kind,
            "line": one.line,
            "duties": one.duties,
            "head": _word(one.head),
            "unit": one.unit or "",
        }
        for one in positions
    ]


def person_cells(persons: Iterable[Person]) -> list[TextRow]:
    """Return one row a place; of somebody outside neither unit nor position is told."""
    return [
        {
            "person": person.person,
            "name": person.name,
            "unit": place.unit if place.kind != OUTSIDE else "",
            "position": place.position if place.kind != OUTSIDE else "",
            "starts": place.starts.isoformat(),
            "ends": place.ends.isoformat() if place.ends else "",
            "kind": place.kind,
        }
        for person in persons
        for place in person.places
    ]


def words_of(sheet: str, lines: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """Return column -> word -> what people call it."""
    words: dict[str, dict[str, Mapping[str, str]]] = {
        "lines": {},
        "organisation": {"kind": UNIT_KINDS, "line": with_all(lines), "active": YES_NO},
        "positions": {"unit_kind": UNIT_KINDS, "line": with_all(lines), "head": YES_NO},
        "persons": {"kind": PLACE_KINDS},
    }
    return words[sheet]


def _word(yes: bool) -> str:  # noqa: FBT001
    return "yes" if yes else "no"
