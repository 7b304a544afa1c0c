"""A station in the report of one line: it answers to all five, and of each only what it reached there belongs into that line's report."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.scoring.domain.frame import CATEGORIES, Item
from services.scoring.domain.sheets import category_score

Row = Mapping[str, Any]
ItemPoints = Mapping[str, str | None]


def of_line(row: Row, line: str, items: Sequence[Item], points: ItemPoints, rounding: str) -> Row:
    """Return a station's row with its score and its categories in ``line``; all other rows are of one line anyway."""
    if row["layer"] != "station":
        return row
    own = [one for one in items if one.line in ("all", line) and points.get(one.indicator) is not None]
    categories = {name: _category(name, own, points, rounding) for name in CATEGORIES}
    return {**row, "final": row["line_scores"].get(line), "categories": categories}


def ranked_in_line(rows: Sequence[Row]) -> list[Row]:
    """Rank stations by their scores in the line, 1, 1, 3; their rank over all five lines says nothing about it."""
    finals = [Decimal(row["final"]) for row in rows if row["layer"] == "station" and row["final"] is not None]
    return [{**row, "rank": _rank(row["final"], finals)} if row["layer"] == "station" else row for row in rows]


def _rank(final: str | None, finals: Sequence[Decimal]) -> int | None:
    return None if final is None else 1 + sum(other > Decimal(final) for other in finals)


def _category(name: str, items: Sequence[Item], points: ItemPoints, rounding: str) -> str | None:
    own = [one for one in items if one.category == name]
    reached = sum((Decimal(points[one.indicator] or 0) for one in own), Decimal(0))
    full = sum((one.full for one in own), Decimal(0))
    return f"{category_score(name, reached, full, rounding):f}" if own else None
