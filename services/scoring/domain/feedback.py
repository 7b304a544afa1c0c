"""A person's (or unit's) result told for improving: what went well, what cost how much, what was not declared. Out of the explanation."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules import rounded

Tree = Mapping[str, Any]
SHOWN = 10  # strong and weak items
OWN_COMPONENT = {"person": "personal", "division": "layer_score", "station": "layer_score"}


def feedback(tree: Tree) -> dict[str, Any]:
    """Return the feedback on a score; ``tree``: an explanation (domain/explanation.py). Costs are in points of the
    final score, rounded once; for reading, not for adding."""
    costs, items = _costs(tree), _items(tree)
    weak = sorted((code for code in costs if costs[code] > 0), key=lambda code: (-costs[code], code))
    strong = sorted((code for code in items if _is_full(items[code])), key=lambda code: (-_full(items[code]), code))
    return {
        "strong": [_about(items[code]) for code in strong[:SHOWN]],
        "weak": [{**_about(items[code]), "cost": f"{rounded(costs[code], 2):f}"} for code in weak[:SHOWN]],
        "weak_in_all": len(weak),
        "missing": [
            {**_about(one), "due": one["periods"]["due"], "declared": one["periods"]["declared"]}
            for code, one in sorted(items.items())
            if one["applicable"] and one["periods"]["declared"] < one["periods"]["due"]
        ],
    }


def _costs(tree: Tree) -> dict[str, Fraction]:
    """indicator -> what its missing points took from the final score. Contributions cost nothing: nobody is expected to make them."""
    shares = _shares(tree["weights"], tree["components"])
    own = shares.get(OWN_COMPONENT[tree["layer"]], Fraction(0))
    lines = _shares(
        {one["line"]: one["weight"] for one in tree["lines"]}, {one["line"]: one["score"] for one in tree["lines"]}
    )
    costs: dict[str, Fraction] = {}
    for line in tree["lines"]:
        for category, share in _of_categories(line):
            if category["category"] == "contribution":
                continue
            whole = Fraction(category["full_points"] or 0)
            for item in category["items"] if whole else ():
                lost = _full(item) - Fraction(item["points"]) if item["applicable"] else Fraction(0)
                cost = own * lines.get(line["line"], Fraction(0)) * share * lost / whole * 100
                costs[item["indicator"]] = costs.get(item["indicator"], Fraction(0)) + cost
    return costs


def _of_categories(line: Tree) -> Iterator[tuple[Tree, Fraction]]:
    weights = {one["category"]: one["weight"] for one in line["categories"]}
    scores = {one["category"]: one["score"] for one in line["categories"]}
    shares = _shares(weights, scores)
    for category in line["categories"]:
        if category["category"] in shares:
            yield category, shares[category["category"]]


def _shares(weights: Mapping[str, str | None], values: Mapping[str, str | None]) -> dict[str, Fraction]:
    """Weights of the components that are there, summing to 1: what is missing leaves its weight to the others."""
    there = {name: Fraction(weight) for name, weight in weights.items() if weight and values.get(name) is not None}
    total = sum(there.values(), Fraction(0))
    return {name: weight / total for name, weight in there.items()} if total else {}


def _items(tree: Tree) -> dict[str, Tree]:
    return {item["indicator"]: item for line in tree["lines"] for one in line["categories"] for item in one["items"]}


def _is_full(item: Tree) -> bool:
    return bool(item["applicable"]) and _full(item) > 0 and Decimal(item["points"]) == _full(item)


def _full(item: Tree) -> Fraction:
    return Fraction(item["full_points"] or 0)


def _about(item: Tree) -> dict[str, Any]:
    return {name: item[name] for name in ("indicator", "name", "points", "full_points", "formula")}
