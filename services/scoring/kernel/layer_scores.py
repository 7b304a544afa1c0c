"""From the columns of a block to the layer scores of its subjects: items, categories, lines, layer. A tile of subjects at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from services.scoring.domain.frame import CATEGORIES
from services.scoring.kernel.columns import Block, Column, Sheets
from services.scoring.kernel.exact import FINE, POINT, Ints, category, divide, stage, work_type
from services.scoring.kernel.point_tables import look_up, with_table
from services.scoring.kernel.rules import BY_CODE, reach

TILE = 1 << 15  # subjects whose intermediate columns stay in the processor's cache


@dataclass(frozen=True)
class Layer:
    """Of one subject (ints) or many (arrays): the layer score and the scores of its lines in hundredths, categories finer."""

    score: Any
    lines: dict[str, Any]
    line_categories: dict[str, dict[str, Any]]
    categories: dict[str, Any]


def score_column(column: Column, rounding: bool, points: Ints, full: Ints) -> Ints:
    """Add the points of a column's part to those of its group and its full points to the group's; return the points, -1: not applicable."""
    scored = (column_points(column, even=rounding) if column.table is None else look_up(column)).astype(
        points.dtype, copy=False
    )
    if column.declared is None:
        points += scored
        full += column.full
        return scored
    applies = column.declared >= 0
    points += scored * applies
    full += column.full * applies
    return np.where(applies, scored, -1)


def column_points(column: Column, *, even: bool) -> Ints:
    """Return hundredths of each line as if it applied."""
    kind = column.kind
    n, d = BY_CODE[column.rule](column.a.astype(kind), column.b.astype(kind), np.array(column.params, kind))
    if column.declared is not None:
        n = n * column.declared.clip(0).astype(kind)
        d = d * (column.due if isinstance(column.due, int) else column.due.astype(kind))
    return np.asarray(divide(n, d, even))


def prepared(column: Column, *, even: bool) -> Column:
    """Return the column with the type in which its rule can be reckoned, and a table of its points where one pays."""
    most = [0 if part is None or isinstance(part, int) else int(part.max(initial=0)) for part in _parts(column)]
    parts = 1 if column.declared is None else max(most[2], most[3], column.due if isinstance(column.due, int) else 1)
    kind = work_type(reach(column.rule, column.params, most[0], most[1], parts))
    return with_table(replace(column, kind=kind), even=even)


def _parts(column: Column) -> tuple[Ints | int | None, ...]:
    return column.a, column.b, column.declared, column.due


def score_blocks(blocks: Sequence[Block], sheets: Sheets, *, even: bool, keep_points: bool = False) -> None:
    """Fill ``sheets``; ``keep_points`` keeps the points of every line too (4 bytes each)."""
    for number, block in enumerate(blocks):
        if keep_points:
            sheets.points[number] = [np.full(len(block), -1, sum_type(block)) for _ in block.columns]
        ready = replace(block, columns=tuple(prepared(one, even=even) for one in block.columns))
        for start in range(0, len(block), TILE):
            _score_tile(ready, start, sheets, sheets.points.get(number), even)


def layer(block: Block, points: Sequence[Any], full: Sequence[Any], *, even: bool) -> Layer:
    """Return the scores of a layer; ``points`` and ``full``: sums of each group over the items that apply."""
    of_line = {line: _line_categories(block, line, points, full, even) for line in block.lines}
    lines = {
        line: stage(((w, found[name]) for name, w in block.weights[line].items()), even=even, finer=FINE // POINT)
        for line, found in of_line.items()
    }
    if len(block.lines) == 1:  # nothing to combine
        (line,) = block.lines
        return Layer(lines[line], lines, of_line, of_line[line])
    score = stage(((weight, lines[line]) for line, weight in block.lines.items()), even=even)
    categories = {
        name: stage(((weight, of_line[line][name]) for line, weight in block.lines.items()), even=even)
        for name in CATEGORIES
    }
    return Layer(score, lines, of_line, categories)


def _line_categories(
    block: Block, line: str, points: Sequence[Any], full: Sequence[Any], rounding: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    nothing = 0 * points[0] if points else 0
    for name in CATEGORIES:
        own = block.members[line, name]
        earned, possible = (sum((sums[place] for place in own), start=nothing) for sums in (points, full))
        found[name] = category(name, earned, possible, block.full_unit, even=rounding)
    return found


def _score_tile(block: Block, start: int, sheets: Sheets, kept: list[Ints] | None, rounding: bool) -> None:
    stop = min(start + TILE, len(block))
    points, full = np.zeros((2, len(block.groups), stop - start), sum_type(block))
    for place, column in enumerate(block.columns):
        scored = score_column(column.part(start, stop), rounding, points[column.group], full[column.group])
        if kept is not None:
            kept[place][start:stop] = scored
    kind = stage_type(block)
    found = layer(block, list(points.astype(kind)), list(full.astype(kind)), even=rounding)
    keep(sheets, block.subjects[start:stop], found)


def keep(sheets: Sheets, subjects: Any, found: Layer) -> None:
    """Put the scores of one subject, or of many, into the sheets."""
    sheets.score[subjects] = found.score
    for line, score in found.lines.items():
        sheets.lines[line][subjects] = score
    for name, score in found.categories.items():
        sheets.categories[name][subjects] = score


def sum_type(block: Block) -> type[Any]:
    """Return the type for sums of points (hundredths) and of full points: 32 bits in every sensible library."""
    return work_type(max(100, block.full_unit) * sum(column.full for column in block.columns))


def stage_type(block: Block) -> type[object]:
    """Return the type for the stages of this block: wide enough for every product in them."""
    points = sum(divide(POINT * column.full, block.full_unit, even=False) + 1 for column in block.columns)
    weights = max(sum(block.lines.values()), *(sum(one.values()) for one in block.weights.values()))
    return work_type(4 * max(FINE * block.full_unit * points, 100 * POINT * FINE * weights))
