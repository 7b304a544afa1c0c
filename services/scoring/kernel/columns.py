"""What the kernel works on: for each kind of subject (layer and line) the year's quantities of its items, a column each.

All subjects of a kind have the same items, claimed or not, so the rows of a CSR by subject would all have one length and one list of
columns: they are kept as that rectangle, item by item (docs/decisions/0310).
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from services.scoring.domain.frame import CATEGORIES
from services.scoring.kernel.exact import Ints


@dataclass(frozen=True)
class Column:
    """One item of all subjects of a kind.

    ``a``, ``b``: the quantities of the rule (rules.py), ``b`` empty where the rule has one only. ``declared`` of ``due`` periods count
    (deduct and tier); where nobody can miss one both are None and 1. ``declared`` of -1: the item does not apply to that subject.
    """

    rule: int
    params: tuple[int, ...]
    group: int  # of the kind's groups
    full: int  # in the units of the kind
    a: Ints
    b: Ints
    declared: Ints | None
    due: Ints | int
    kind: Any = object  # the type in which the rule is safely reckoned (sheets.prepared)
    table: Any = None  # tables.Table, where one pays

    def __len__(self) -> int:
        return len(self.a)

    def part(self, start: int, stop: int) -> "Column":
        cut = slice(start, stop)
        declared = None if self.declared is None else self.declared[cut]
        due = self.due if isinstance(self.due, int) else self.due[cut]
        return replace(self, a=self.a[cut], b=self.b[cut], declared=declared, due=due)


@dataclass(frozen=True)
class Block:
    """A kind's items and how they make a layer score.

    ``groups``: (category, line of the items); ``lines``: line -> weight (one line, a station's five, or days in several); ``weights``: line ->
    category -> weight; all weights are whole numbers on one scale for each stage. ``full_unit``: 1 point in the units of ``full``.
    """

    layer: str
    subjects: Ints  # places of its subjects in the whole
    groups: tuple[tuple[str, str], ...]
    lines: dict[str, int]
    weights: dict[str, dict[str, int]]
    full_unit: int
    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.subjects)

    @cached_property
    def members(self) -> dict[tuple[str, str], list[int]]:
        """Return (line, category) -> the groups that count there: those of all lines and its own."""
        places = list(enumerate(self.groups))
        return {
            (line, name): [place for place, group in places if group[0] == name and group[1] in ("all", line)]
            for line in self.lines
            for name in CATEGORIES
        }

    def group_of(self, category: str, line: str) -> int:
        return self.groups.index((category, line))


@dataclass(frozen=True)
class Organisation:
    """Who belongs where. Persons are subjects ``persons``; their stays are a CSR (``stay_starts``: one more entry than persons)."""

    divisions: Ints
    division_lines: tuple[str, ...]
    stations: Ints
    persons: Ints
    stay_starts: Ints
    stay_units: Ints
    stay_days: Ints

    @cached_property
    def single_stays(self) -> bool:
        """Tell whether everybody was in one unit all the time."""
        return bool((np.diff(self.stay_starts) == 1).all())


@dataclass
class Sheets:
    """Layer scores of all subjects; NONE where there is none. ``lines`` and ``line_categories`` by line name."""

    score: Ints  # hundredths
    categories: dict[str, Ints]  # ten-thousandths, weighted over the lines of a station
    lines: dict[str, Ints] = field(default_factory=dict)
    points: dict[int, list[Ints]] = field(default_factory=dict)  # block -> the points of each of its columns

    @classmethod
    def empty(cls, subjects: int, categories: tuple[str, ...], lines: tuple[str, ...]) -> "Sheets":
        def none(kind: type[np.int32] = np.int32) -> Ints:
            return np.full(subjects, -1, kind)

        return cls(none(), {name: none() for name in categories}, {line: none() for line in lines})
