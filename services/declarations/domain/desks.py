"""Who verifies: the head, or for what a machine counted the desk that keeps the machine (人事科, 12315中心)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.declarations.domain.indicators import Indicator

HEAD = "head"
DESKS: Mapping[str, str] = {"attendance": "hr", "complaints": "complaints_centre"}  # source -> the role that keeps it


@dataclass(frozen=True)
class Desks:
    """source -> the unit that keeps the machine; its own people's items are verified as everybody's else, by their heads."""

    units: Mapping[str, str | None]

    def verifier(self, indicator: Indicator, unit: str) -> str:
        role = DESKS.get(indicator.source)
        keeper = self.units.get(indicator.source)
        if role is None or indicator.figure is None or keeper is None or keeper == unit:
            return HEAD
        return role


def desks(assessors: Mapping[str, Iterable[str]], centres: Iterable[str]) -> Desks:
    """Return every subject's desks; ``assessors``: source -> the assessing sections of its
    indicators, one each. Attendance is kept by the section that assesses most of it (人事科),
    complaints by the unit of kind centre (12315中心)."""
    sections = Counter(sorted(assessors.get("attendance", ())))
    most = sections.most_common(1)
    return Desks({"attendance": most[0][0] if most else None, "complaints": min(centres, default=None)})
