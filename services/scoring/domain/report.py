"""A year's report of a bureau, a line or a unit: means, distributions, what was done well and badly. Out of a run's rows and points."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules import HALF_UP, rounded
from services.scoring.domain.frame import CATEGORIES, LAYERS, Item
from services.scoring.domain.line_report import of_line, ranked_in_line
from services.scoring.domain.stages import mean

Row = Mapping[str, Any]
Points = Mapping[str, Mapping[str, str | None]]
SCOPES = ("bureau", "line", "unit")
STEP = 5  # width of a bar in the distribution
SHOWN = 10  # items at each end
UNITS = ("division", "station")


@dataclass(frozen=True)
class Year:
    """A run's rows and points, and the items that were scored."""

    rows: Sequence[Row]
    points: Points
    items: Sequence[Item]
    rounding: str = HALF_UP
    days: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # person -> line -> days in it


def report(year: Year, scope: str, target: str | None, before: Sequence[Row] = ()) -> dict[str, Any]:
    """Return the report; ``before``: the rows of the last published run of the year before, for comparison."""
    listed = [row for row in year.rows if _inside(row, scope, target)]
    of_before = [row for row in before if _inside(row, scope, target)]
    items, inside = year.items, listed
    if scope == "line" and target:
        items = [one for one in items if one.line in ("all", target)]
        inside = ranked_in_line([_of_line(year, row, target) for row in listed])
        of_before = [of_line(row, target, (), {}, year.rounding) for row in of_before]
    earlier = {row["subject"]: row for row in of_before}
    people = [row for row in inside if row["layer"] == "person"]
    told = _items(year.points, items, inside)
    return {
        "layers": {layer: _layer([one for one in inside if one["layer"] == layer], earlier) for layer in LAYERS},
        "lines": _lines(people, year.days),
        "units": _units(inside, people, earlier),
        "distribution": _distribution(people),
        "items_scored": len(told),
        "weakest": told[:SHOWN],
        "strongest": sorted(told, key=lambda one: (-Decimal(one["rate"]), one["indicator"]))[:SHOWN],
        "commended": _listed(listed, lambda row: row["commended"]),
        "struck": _listed(listed, lambda row: row["struck"]),
    }


def _inside(row: Row, scope: str, target: str | None) -> bool:
    """A station answers to all lines: it is part of each line's report."""
    if scope == "line":
        return bool(row["line"] == target or target in row["line_scores"])
    return scope == "bureau" or row["unit"] == target


def _of_line(year: Year, row: Row, line: str) -> Row:
    return of_line(row, line, year.items, year.points.get(row["subject"], {}), year.rounding)


def _layer(rows: Sequence[Row], earlier: Mapping[str, Row]) -> dict[str, Any]:
    same = [earlier[row["subject"]] for row in rows if row["subject"] in earlier]
    return {
        "subjects": len(rows),
        "ranked": sum(row["rank"] is not None for row in rows),
        "mean": _mean(row["final"] for row in rows),
        "before": _mean(row["final"] for row in same),
        "best": _text(max(_values(rows, "final"), default=None)),
        "worst": _text(min(_values(rows, "final"), default=None)),
        "categories": {name: _mean(row["categories"].get(name) for row in rows) for name in CATEGORIES},
    }


def _groups(rows: Sequence[Row], by: str, what: str) -> list[dict[str, Any]]:
    names = sorted({row[by] for row in rows})
    groups = {name: [row for row in rows if row[by] == name] for name in names}
    return [{by: name, "subjects": len(own), "mean": _mean(row[what] for row in own)} for name, own in groups.items()]


def _lines(people: Sequence[Row], days: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """The mean of each line over everybody who was in it, by the days there."""
    found: dict[str, list[tuple[int, Fraction]]] = {}
    for row in people:
        for line, score in row["line_scores"].items():
            if score is not None:
                found.setdefault(line, []).append((days.get(row["subject"], {}).get(line, 1), Fraction(score)))
    listed = sorted({line for row in people for line in row["line_scores"]})
    return [
        {"line": line, "subjects": _members(people, line), "mean": _by_days(found.get(line, []))} for line in listed
    ]


def _members(people: Sequence[Row], line: str) -> int:
    return sum(row["line"] == line for row in people)


def _by_days(scores: Sequence[tuple[int, Fraction]]) -> str | None:
    total = sum(days for days, _ in scores)
    return f"{rounded(sum((days * score for days, score in scores), Fraction(0)) / total, 2):f}" if total else None


def _units(rows: Sequence[Row], people: Sequence[Row], earlier: Mapping[str, Row]) -> list[dict[str, Any]]:
    members = {one["unit"]: one for one in _groups(people, "unit", "final")}
    units = sorted(
        (row for row in rows if row["layer"] in UNITS), key=lambda row: (row["layer"], row["rank"] or 0, row["subject"])
    )
    return [
        {
            **{name: row[name] for name in ("subject", "name", "layer", "line", "final", "rank", "commended")},
            "before": earlier[row["subject"]]["final"] if row["subject"] in earlier else None,
            "members": members.get(row["subject"], {}).get("subjects", 0),
            "members_mean": members.get(row["subject"], {}).get("mean"),
        }
        for row in units
    ]


def _distribution(people: Sequence[Row]) -> list[dict[str, int]]:
    """How many persons in each five points; 100 belongs to the last five."""
    bars = Counter(min(int(final // STEP) * STEP, 100 - STEP) for final in _values(people, "final"))
    if not bars:
        return []
    return [{"from": low, "to": low + STEP, "persons": bars[low]} for low in range(min(bars), max(bars) + STEP, STEP)]


def _items(points_of: Points, items: Sequence[Item], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Every item that applied to somebody, the one with the lowest share of its points first."""
    subjects = [row["subject"] for row in rows]
    found: dict[str, list[Fraction]] = {}
    for subject in subjects:
        for indicator, points in points_of.get(subject, {}).items():
            if points is not None:
                found.setdefault(indicator, []).append(Fraction(points))
    told = [_item(one, found[one.indicator]) for one in items if one.full and one.indicator in found]
    told = [one for one in told if one["category"] != "contribution"]  # their full points are a cap, not an expectation
    return sorted(told, key=lambda one: (Decimal(one["rate"]), one["indicator"]))


def _item(item: Item, points: Sequence[Fraction]) -> dict[str, Any]:
    full = Fraction(item.full)
    average = sum(points, Fraction(0)) / len(points)
    return {
        "indicator": item.indicator,
        "name": item.name,
        "category": item.category,
        "full_points": f"{item.full:f}",
        "subjects": len(points),
        "mean": f"{rounded(average, 2):f}",
        "rate": f"{rounded(average / full * 100, 1):f}",
        "nothing": sum(one == 0 for one in points),
        "full": sum(one == full for one in points),
    }


def _listed(rows: Sequence[Row], which: Callable[[Row], bool]) -> dict[str, list[dict[str, Any]]]:
    listed = sorted((row for row in rows if which(row)), key=lambda row: (row["rank"] or 0, row["subject"]))
    names = ("subject", "name", "unit", "unit_name", "final", "rank")
    return {layer: [{name: row[name] for name in names} for row in listed if row["layer"] == layer] for layer in LAYERS}


def _values(rows: Iterable[Row], name: str) -> list[Decimal]:
    return [Decimal(row[name]) for row in rows if row[name] is not None]


def _mean(numbers: Iterable[str | None]) -> str | None:
    average = mean(None if number is None else Decimal(number) for number in numbers)
    return None if average is None else f"{rounded(average, 2):f}"


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
