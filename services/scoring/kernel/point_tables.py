"""Columns whose quantities take few values: the points of every possible line in a table, made by the rule itself.

Looking up is cheaper than dividing, and exact by construction. A table is made only where it is far smaller than its column and
stays in the processor's cache. Where periods can be missing there are two: from the quantities to a row of the second, in which
the number of declared periods finds the points.
"""

from dataclasses import dataclass, replace

import numpy as np

from services.scoring.kernel.columns import Column
from services.scoring.kernel.exact import Ints, divide
from services.scoring.kernel.rules import BY_CODE

LARGEST = 1 << 15
LINES_AN_ENTRY = 4
COUNTED = 1 << 18  # values below it are counted rather than sorted


@dataclass(frozen=True)
class Table:
    """``first[a × step_a + b]`` is the points, or where ``second`` is not empty the place of its row in that."""

    first: Ints
    second: Ints
    step_a: int


def with_table(column: Column, *, even: bool) -> Column:
    """Return the column with a table of its points, or the column itself where a table would not pay."""
    if column.kind is object or not isinstance(column.due, int):
        return column
    width = _most(column.b) + 1
    entries = (_most(column.a) + 1) * width
    if entries > LARGEST or entries * LINES_AN_ENTRY > len(column):
        return column
    a, b = (part.ravel() for part in np.indices((entries // width, width), np.int64))
    n, d = BY_CODE[column.rule](a, b, np.array(column.params, np.int64))
    if column.declared is None or _all_or_not_at_all(column.declared, column.due):
        points = divide(n, d, even).astype(np.int32)
        return replace(column, table=Table(points, np.zeros(0, np.int32), width))
    if isinstance(d, np.ndarray):
        return column
    table = _in_two(n, int(d), _most(column.declared) + 1, column.due, width, even=even)
    return column if table is None else replace(column, table=table)


def look_up(column: Column) -> Ints:
    """Return hundredths of each line as if it applied."""
    table = column.table
    assert table is not None
    place = column.a.astype(np.int32)
    if table.step_a != 1:
        place *= table.step_a
    if len(column.b):
        place += column.b
    found = table.first.take(place)
    if len(table.second) == 0 or column.declared is None:
        return np.asarray(found)
    return np.asarray(table.second.take(found + column.declared.clip(0)))


def _in_two(n: Ints, d: int, parts: int, due: int, width: int, *, even: bool) -> Table | None:
    rows, row_of = _distinct(n)
    if len(rows) * parts > LARGEST:
        return None
    points = divide(rows[:, None] * np.arange(parts), d * due, even)
    return Table((row_of * parts).astype(np.int32), points.ravel().astype(np.int32), width)


def _distinct(values: Ints) -> tuple[Ints, Ints]:
    """As np.unique with the places; where the values lie close together without sorting them."""
    most = int(values.max(initial=0))
    if most >= COUNTED:
        rows, places = np.unique(values, return_inverse=True)
        return rows, places
    there = np.zeros(most + 1, bool)
    there[values] = True
    return np.flatnonzero(there), np.cumsum(there)[values] - 1


def _all_or_not_at_all(declared: Ints, due: int) -> bool:
    """Whether every line has all its periods or does not apply."""
    return due == 1 and bool((np.abs(declared) == 1).all())


def _most(values: Ints) -> int:
    return int(values.max(initial=0))
