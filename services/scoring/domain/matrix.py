"""Units by indicators: the mean share of the full points that was reached, and by how many. Exact sums, rounded once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from rules import rounded
from services.scoring.domain.frame import Item, Subject

Row = dict[str, Any]
Scored = Iterable[tuple[Subject, Iterable[tuple[Item, int]]]]  # hundredths, -1: not applicable
DIGITS = 4


@dataclass
class Sums:
    """Hundredths reached, and by how many, of each indicator."""

    points: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, indicator: str, points: int) -> None:
        self.points[indicator] += points
        self.counts[indicator] += 1

    def cell(self, item: Item) -> Row:
        count = self.counts[item.indicator]
        share = Fraction(self.points[item.indicator]) / (100 * Fraction(item.full) * count)
        return {"indicator": item.indicator, "share": f"{rounded(share, DIGITS):f}", "count": count}


class Matrix:
    """Of the items of ``line`` and ``category``; without a category of all but contributions (domain/report.py)."""

    def __init__(self, line: str | None, category: str | None) -> None:
        self._line, self._category = line, category
        self._items: dict[str, Item] = {}
        self._all, self._units, self._subjects = Sums(), dict[str, Sums](), Counter[str]()

    def add(self, scored: Scored) -> None:
        for subject, items in scored:
            self._subjects[subject.unit] += 1
            own = self._units.setdefault(subject.unit, Sums())
            for item, points in items:
                if points >= 0 and self._wants(item):
                    self._items[item.indicator] = item
                    own.add(item.indicator, points)
                    self._all.add(item.indicator, points)

    def indicators(self) -> list[Row]:
        return [{**self._all.cell(one), **_about(one)} for one in self._sorted()]

    def units(self) -> list[Row]:
        return [
            {
                "unit": code,
                "subjects": self._subjects[code],
                "cells": [own.cell(one) for one in self._sorted() if own.counts[one.indicator]],
            }
            for code, own in sorted(self._units.items())
        ]

    def _wants(self, item: Item) -> bool:
        in_category = item.category == self._category if self._category else item.category != "contribution"
        return in_category and self._line in (None, item.line) and item.full > 0

    def _sorted(self) -> list[Item]:
        return sorted(self._items.values(), key=lambda one: one.indicator)


def _about(item: Item) -> Row:
    return {"name": item.name, "category": item.category, "line": item.line, "full_points": f"{item.full:f}"}
