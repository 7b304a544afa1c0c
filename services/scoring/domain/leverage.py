"""What one point of an item is worth in the final score, on the subject's own way up: category, line, layer, composite.

What a person's points move through unit and bureau comes on top; it is in the gain (kernel/live.py, final_if), not in this weight.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.scoring.domain.frame import Frame
from services.scoring.domain.sheets import CategoryScore, LineScore, Sheet

FULL = 100


def point_weights(frame: Frame, sheet: Sheet, components: Mapping[str, Any]) -> dict[str, Fraction]:
    """Return indicator -> weight of one of its points, of the items that apply. ``components``:
    what the final score is made of, by name."""
    own = "personal" if sheet.subject.layer == "person" else "layer_score"
    layer = _share(frame.model.composite[sheet.subject.layer], own, _present(components))
    lines = frame.lines_of(sheet.subject)
    scored = _present({line: one.score for line, one in sheet.lines.items()})
    found: dict[str, Fraction] = {}
    for line, one in sheet.lines.items():
        of_line = layer * _share(lines, line, scored)
        weights = frame.model.weights.get(sheet.subject.layer, {}).get(line, {})
        for item in sheet.items:
            if item.points is not None and item.item.line in ("all", line):
                weight = of_line * _of_category(one, item.item.category, weights)
                found[item.item.indicator] = found.get(item.item.indicator, Fraction(0)) + weight
    return found


def _of_category(line: LineScore, name: str, weights: Mapping[str, Decimal]) -> Fraction:
    scored = _present({name: one.score for name, one in line.categories.items()})
    return _share(weights, name, scored) * _of_point(line.categories[name])


def _of_point(category: CategoryScore) -> Fraction:
    if category.category == "contribution":
        return Fraction(category.points < FULL)
    return Fraction(FULL) / Fraction(category.full) if category.full else Fraction(0)


def _share(weights: Mapping[str, Decimal], name: str, present: Iterable[str]) -> Fraction:
    """A missing component leaves its weight to the others (domain/stages.py)."""
    total = sum((Fraction(weights[one]) for one in present if one in weights), Fraction(0))
    return Fraction(weights.get(name, 0)) / total if total and name in present else Fraction(0)


def _present(values: Mapping[str, Any]) -> list[str]:
    return [name for name, value in values.items() if value is not None]
