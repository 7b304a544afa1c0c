"""Units of a bureau and the positions in them."""

from dataclasses import dataclass

from shared.vocabulary.organisation import ALL_LINES

# How each kind of unit is appraised (data/README.md §四): the centre and the association's secretariat count as divisions.
_LAYERS = {"division": "division", "centre": "division", "association": "division", "station": "station"}


@dataclass(frozen=True)
class Unit:
    unit: str
    name: str
    kind: str
    line: str
    parent: str | None
    notes: str = ""
    active: bool = True
    revision: int = 1
    by: str = ""

    @property
    def layer(self) -> str | None:
        """Return division or station; None for the bureau itself and for bodies, which are not scored item by item."""
        return _LAYERS.get(self.kind)

    def answers_to(self, line: str) -> bool:
        """Tell whether work of ``line`` is this unit's: common work is everyone's, a station serves all five lines."""
        return line == self.line or ALL_LINES in (line, self.line)


@dataclass(frozen=True)
class Position:
    position: str
    title: str
    unit_kind: str
    line: str
    duties: str
    head: bool
    unit: str | None  # None: in every unit of the kind
    revision: int = 1

    def fits(self, unit: Unit) -> bool:
        return unit.unit == self.unit if self.unit else unit.kind == self.unit_kind
