"""A level-3 indicator as the library holds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rules import RULES
from services.targets.domain.measures import is_counted
from shared.vocabulary.organisation import ALL_LINES


@dataclass(frozen=True)
class Indicator:
    indicator: str  # code, 03-02-01
    level1: str
    level2: str
    name: str
    category: str
    nature: str
    tool: str
    line: str
    layers: tuple[str, ...]
    measure_unit: str
    full_points: Decimal
    rule: str
    rule_params: Mapping[str, Any]  # numbers as text, as in the sheet
    frequency: str
    assessor: str  # unit code
    evidence: str
    standard: str
    basis: str
    source: str
    figure: str | None = None
    history: Mapping[str, Decimal | None] = field(default_factory=dict)  # year -> what the bureau reached
    target: Decimal | None = None
    per_person_cap: Decimal | None = None
    row: int = 0  # in the sheet it came from

    @property
    def is_shared_out(self) -> bool:
        """Tell whether the bureau's target is a quantity that units and persons take shares of."""
        return RULES[self.rule].shared_out and self.target is not None

    @property
    def quantum(self) -> Decimal:
        """Return the smallest share: one thing, or a tenth where time or money is measured."""
        return Decimal(1) if is_counted(self.measure_unit) else Decimal("0.1")

    def falls_to(self, layer: str | None, line: str) -> bool:
        """Tell whether a subject of this layer and line is scored on the item; a station's line is ``all``."""
        return layer in self.layers and (ALL_LINES in (self.line, line) or self.line == line)
