"""Made-up bureaus as plain dicts (see recompute.py), drawn from a seed: small ones for comparing, the reference one for size."""

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.oracle.periods import PERIODS, period_of

World = dict[str, Any]
REFERENCE = Path(__file__).parents[2] / "data" / "reference"
LINES = ("access", "routine_supervision", "special_supervision", "enforcement_support", "association_guidance")
CATEGORIES = ("common", "professional", "contribution", "additional")
GRADES = ("优", "好", "一般", "可以", "差")
PARAMS: dict[str, list[dict[str, Any]]] = {
    "ratio": [{"cap": "1.0"}, {"cap": "1.2"}],
    "deduct": [{"per": "0.3"}, {"per": {"late": "0.5", "early": "0.25"}}],
    "accumulate": [{"per": "3", "cap": "9"}, {"per": {"national": "5", "district": "1"}, "cap": "9"}],
    "tier": [
        {"direction": "higher", "steps": [["0.9", "1.0"], ["0.6", "0.8"], ["0.5", "0.35"]]},
        {"direction": "lower", "steps": [["0.2", "1.0"], ["0.5", "0.5"]]},
    ],
    "grade": [{"values": dict(zip(GRADES, ["1.0", "0.85", "0.7", "0.6", "0.4"], strict=True))}],
    "checklist": [{"items": ["甲", "乙", "丙"]}, {"items": ["甲", "乙", "丙", "丁", "戊", "己", "庚"]}],
    "veto": [{}],
}


def worlds() -> st.SearchStrategy[World]:
    return st.integers(0, 2**32).map(lambda seed: small_bureau(Random(seed)))


def small_bureau(random: Random) -> World:
    """Four to ten persons in seven units, some two dozen indicators of every rule and tool, facts with holes."""
    world = {
        "cycle": _cycle(random),
        "units": _units(),
        "persons": [_person(random, f"P{number:02}") for number in range(random.randint(4, 10))],
        "indicators": [_indicator(random, f"01-01-{number:02}") for number in range(random.randint(8, 26))],
    }
    return {**world, **facts(random, world)}


def reference_bureau(random: Random, staff: int) -> World:
    """The reference library and organisation with ``staff`` synthetic persons and facts for all of them."""
    positions = [one for one in _sheet("positions") if one["unit_kind"] not in ("bureau", "body")]
    stations = [one["code"] for one in _sheet("organisation") if one["kind"] == "station"]
    world = {
        "cycle": {**_cycle(random), "weights": _reference_weights(), "rounding": "half_up"},
        "units": [{**_unit(one["code"], one["kind"], one["line"]), "active": True} for one in _sheet("organisation")],
        "persons": [
            _posted(f"P{number:04}", positions[number % len(positions)], stations[number % len(stations)])
            for number in range(staff)
        ],
        "indicators": [_reference_indicator(one) for one in _sheet("indicators")],
    }
    return {**world, **facts(random, world)}


def facts(random: Random, world: World) -> World:
    found: World = {
        kind: [] for kind in ("claims", "declarations", "task_orders", "contributions", "evaluations", "vetoes")
    }
    for subject, layer, lines in _subjects(world):
        for item in world["indicators"]:
            fits = layer == "station" or item["line"] in ("all", *lines)
            if fits and layer in item["layers"]:
                for kind, row in _facts_of(random, item):
                    code = f"{kind[:4]}{len(found[kind]):06}"
                    found[kind].append({"code": code, "subject": subject, "layer": layer, **row})
    return found


def _facts_of(random: Random, item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    own = {"indicator": item["indicator"]}
    if item["rule"] == "veto":
        if random.random() < 0.08:
            yield "vetoes", {**own, "status": random.choice(["proposed", "confirmed", "lifted"]), "reason": "查实"}
        return
    if item["rule"] == "ratio" and random.random() < 0.9:
        target = str(random.choice([0, 7, 12, 40]))
        days = (None, None, 184, 260, 366)[int(item["indicator"][-1]) % 5]  # by the item: no draw after it changes
        yield "claims", {**own, "target": target, "days": days, "status": random.choice(["claimed"] * 6 + ["released"])}
    diligence = random.choice([0, 0.7, 1, 1])
    due = PERIODS[item["frequency"]]
    if item["tool"] in ("review", "electronic"):
        for period in due:
            if random.random() < diligence:
                yield "declarations", {**own, "period": period, **_declared(random, item)}
        return
    kind, done, other = {
        "accountability": ("task_orders", "judged", ["issued", "completed", "withdrawn"]),
        "contribution": ("contributions", "settled", ["declared", "rejected"]),
        "subjective": ("evaluations", "closed", ["open"]),
    }[item["tool"]]
    for _ in range(random.choice([0, 1, 1, 2, 3])):
        status = done if random.random() < 0.85 else random.choice(other)
        counts = _counts(random, item) if status == done else {}
        yield kind, {**own, "period": random.choice(due), "status": status, "counts": counts}


def _declared(random: Random, item: dict[str, Any]) -> dict[str, Any]:
    status = random.choice(["assessed"] * 7 + ["recorded"] * 5 + ["declared", "verified", "returned"])
    if item["rule"] in ("tier", "checklist", "grade") and random.random() < 0.1:
        return {"status": status, "not_applicable": True, "counts": {}}
    return {"status": status, "not_applicable": False, "counts": _counts(random, item)}


def _counts(random: Random, item: dict[str, Any]) -> dict[str, str]:
    rule, params = item["rule"], item["rule_params"]
    if rule == "tier":
        denominator = random.randint(0, 9)
        return {"numerator": str(random.randint(0, denominator)), "denominator": str(denominator)}
    if rule == "grade":
        # Weighted votes stand on one scale (docs/decisions/0220); by the item, so that no draw after it changes.
        scale = (1, 1, 840, 10**15 + 37)[int(item["indicator"][-2:]) % 4]
        return {grade: str(scale * random.choice([0, 0, 1, 2, 5])) for grade in random.sample(GRADES, 3)}
    if rule == "checklist":
        return {"done": str(random.randint(0, len(params["items"])))}
    if rule == "ratio":
        return {"done": random.choice(["0", "1", "2.5", "4", "13"])}
    keys = list(params["per"]) if isinstance(params["per"], dict) else ["count"]
    return {key: random.choice(["0", "0", "0.5", "1", "2"]) for key in keys if random.random() < 0.9}


def _subjects(world: World) -> Iterator[tuple[str, str, list[str]]]:
    for unit in world["units"]:
        layer = {"station": "station", "bureau": None, "body": None}.get(unit["kind"], "division")
        if layer:
            yield unit["unit"], layer, [unit["line"]]
    for person in world["persons"]:
        yield person["person"], "person", [one["line"] for one in person["assignments"]]


def _cycle(random: Random) -> dict[str, Any]:
    composite: dict[str, dict[str, str]] = {}
    for row in _sheet("composite"):
        composite.setdefault(row["target"], {})[row["component"]] = row["weight"]
    return {
        "cycle": "2026",
        "status": "closed",
        "starts": "2026-01-01",
        "ends": "2026-12-31",
        "periods": [period_of(name, codes, place) for name, codes in PERIODS.items() for place in range(len(codes))],
        "weights": {layer: {line: _weights(random) for line in LINES} for layer in ("division", "station", "person")},
        "composite": composite,
        "rounding": random.choice(["half_up", "half_even"]),
        "quota_percent": random.choice([20, 25, 50]),
        "tie_chain": random.choice([[], ["contribution"], ["contribution", "professional"]]),
        "library_revision": 1,
        "model_revision": 1,
    }


def _weights(random: Random) -> dict[str, str]:
    cuts = sorted(random.sample(range(1, 100), 3))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    return {name: str(Decimal(part) / 100) for name, part in zip(CATEGORIES, parts, strict=True)}


def _units() -> list[dict[str, Any]]:
    divisions = [
        _unit("D01", "division", LINES[0]),
        _unit("D02", "division", LINES[2]),
        _unit("C01", "centre", LINES[2]),
    ]
    others = [_unit("B00", "bureau", "all"), _unit("A01", "association", LINES[4]), _unit("D03", "division", LINES[3])]
    return [*divisions, _unit("S01", "station", "all"), _unit("S02", "station", "all"), *others]


def _unit(code: str, kind: str, line: str) -> dict[str, Any]:
    return {"unit": code, "kind": kind, "line": line, "active": code != "D03"}


def _person(random: Random, code: str) -> dict[str, Any]:
    unit, line = random.choice(["D01", "D02", "C01", "S01", "S02", "B00", "D03"]), random.choice(LINES)
    last = {"unit": unit, "line": line, "starts": "2025-03-01", "ends": None}
    if random.random() < 0.6:
        if int(code[1:]) % 4 == 3:  # some are there for a part of the year
            last["starts"] = "2026-04-16"
        return {"person": code, "active": random.random() < 0.95, "assignments": [last]}
    day = random.choice(["2026-02-28", "2026-06-30", "2026-12-30"])
    before = {**last, "unit": random.choice(["D01", "S01", "B00"]), "ends": day}
    after = {**last, "starts": {"2026-02-28": "2026-03-01", "2026-06-30": "2026-07-01"}.get(day, "2026-12-31")}
    if int(code[1:]) % 2:  # from another line
        before["line"] = LINES[int(code[1:]) % len(LINES)]
    if int(code[1:]) % 3 == 1:  # comes late, and is away for some months or not
        before["starts"] = "2026-02-01" if code[-1] == "4" else "2026-01-31"
        after["starts"] = "2026-12-31" if code[-1] == "7" else after["starts"]
    return {"person": code, "active": True, "assignments": [before, after]}


def _indicator(random: Random, code: str) -> dict[str, Any]:
    category = random.choice(CATEGORIES)
    tool = "contribution" if category == "contribution" else random.choice(["review", "electronic", "accountability"])
    rule = random.choice(["ratio", "deduct", "tier", "checklist", "grade"])
    if category == "contribution":
        rule = "accumulate"
    elif category == "additional" and random.random() < 0.5:
        tool, rule = "subjective", "grade"
    elif random.random() < 0.1:
        tool, rule = "accountability", "veto"
    return {
        "indicator": code,
        "name": f"指标{code}",
        "category": category,
        "tool": tool,
        "line": random.choice(LINES) if category == "professional" else "all",
        "layers": random.sample(["division", "station", "person"], random.randint(1, 3)),
        "full_points": {"veto": "0", "accumulate": "9"}.get(rule) or random.choice(["3", "4.5", "7", "10"]),
        "rule": rule,
        "rule_params": random.choice(PARAMS[rule]),
        "frequency": random.choice(list(PERIODS)),
        "active": random.random() < 0.95,
    }


def _posted(code: str, position: dict[str, str], station: str) -> dict[str, Any]:
    assignment = {"unit": position["unit"] or station, "line": position["line"], "starts": "2025-01-01", "ends": None}
    return {"person": code, "active": True, "assignments": [assignment]}


def _reference_indicator(row: dict[str, str]) -> dict[str, Any]:
    plain = ("name", "category", "tool", "line", "full_points", "rule", "frequency")
    own = {"indicator": row["code"], "layers": row["layers"].split("|"), "active": True}
    return {**own, **{name: row[name] for name in plain}, "rule_params": json.loads(row["rule_params"])}


def _reference_weights() -> dict[str, dict[str, dict[str, str]]]:
    weights: dict[str, dict[str, dict[str, str]]] = {}
    for row in _sheet("models"):
        weights.setdefault(row["layer"], {})[row["line"]] = {name: row[name] for name in CATEGORIES}
    return weights


def _sheet(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))
