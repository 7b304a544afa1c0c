"""A published stage: a weighted mean rounded once. A missing component leaves its weight to the others."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from rules import rounded

Value = Decimal | Fraction
Weighted = Sequence[tuple[Decimal, Value | None]]


def weighted(parts: Weighted) -> Fraction | None:
    """Return Σ weight × value ÷ Σ weight over the values that are there, exact; None where there is none."""
    present = [(Fraction(weight), Fraction(value)) for weight, value in parts if value is not None]
    total = sum((weight for weight, _ in present), Fraction(0))
    return sum((weight * value for weight, value in present), Fraction(0)) / total if total else None


def stage(parts: Weighted, rounding: str, digits: int = 2) -> Decimal | None:
    value = weighted(parts)
    return None if value is None else rounded(value, digits, rounding)


def named_stage(weights: Mapping[str, Decimal], values: Mapping[str, Value | None], rounding: str) -> Decimal | None:
    """Return a stage over named components, e.g. 532: weights {personal, unit, bureau}, values of the same names."""
    return stage([(weight, values.get(name)) for name, weight in weights.items()], rounding)


def mean(values: Iterable[Value | None]) -> Fraction | None:
    """Return the exact arithmetic mean of the published values that are there."""
    present = [Fraction(value) for value in values if value is not None]
    return sum(present, Fraction(0)) / len(present) if present else None
