"""Whose duty it is to decide next. A duty has an address; whoever holds it when a notice is read, sees the notice."""

from dataclasses import dataclass

from services.declarations.domain.declarations import Declaration
from services.declarations.domain.desks import HEAD
from services.declarations.domain.organisation import Unit
from services.declarations.domain.words import PERSON


@dataclass(frozen=True)
class Duty:
    kind: str  # person, head, above (the next head up), desk, assessor
    code: str

    @property
    def address(self) -> str:
        return f"{self.kind}:{self.code}"


def duty(declaration: Declaration, unit: Unit) -> Duty:
    """Return the duty of the item's next decision: its verification, or once verified its assessment."""
    if declaration.status != "declared":
        return Duty("assessor", declaration.assessor)
    if declaration.verifier != HEAD:
        return Duty("desk", declaration.verifier)
    staff = declaration.layer == PERSON and declaration.subject not in unit.heads
    return Duty("head" if staff and unit.heads else "above", unit.unit)


def unit_of(one: Duty, unit: Unit) -> str:
    """Return the unit whose duty it is: for what the next head up decides, that head's."""
    if one.kind != "above":
        return one.code
    return unit.above[-1] if unit.above else unit.parent or unit.unit


def neglected_by(declaration: Declaration, unit: Unit, decider: str, *, in_duty: bool) -> list[str]:
    """Tell who let it wait: the one who decided late, or where the next head up stepped in those who should have."""
    if in_duty:
        return [decider]
    one = duty(declaration, unit)
    return sorted(unit.heads) if one.kind == "head" else [one.code]
