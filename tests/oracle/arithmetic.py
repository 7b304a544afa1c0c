"""The arithmetic of the recomputation: fractions, means, stages that are rounded once."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

Table = dict[str, Any]


def day(text: Any) -> date:
    return text if isinstance(text, date) else date.fromisoformat(text)


def mean(values: list[Any]) -> Fraction | None:
    present = [Fraction(value) for value in values if value is not None]
    return sum(present) / Fraction(len(present)) if present else None


def stage(model: Table, weights: dict[str, Any], values: dict[str, Any], digits: int = 2) -> Decimal | None:
    present = [name for name in weights if values.get(name) is not None]
    if not present:
        return None
    total = sum((Fraction(weights[name]) for name in present), Fraction(0))
    value = sum((Fraction(weights[name]) * Fraction(values[name]) for name in present), Fraction(0)) / total
    return rounded(model, value, digits)


def rounded(model: Table, value: Fraction, digits: int) -> Decimal:
    """Half-up by default; by GB/T 8170 a half goes to the even neighbour. Scores are never negative."""
    scaled = value * 10**digits
    below = int(scaled)
    half = Fraction(1, 2)
    up = scaled - below > half or (scaled - below == half and (model["rounding"] == "half_up" or below % 2 == 1))
    return Decimal(below + up).scaleb(-digits)
