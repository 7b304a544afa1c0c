"""An independent recomputation of a bureau's year, written from data/README.md and docs/decisions/0302, not from the kernel.

Slow and obvious on purpose: fractions, no caches, every number computed where it is asked for. Imports nothing of the system.

``world`` holds plain dicts as the HTTP API gives them:

    cycle          {starts, ends, periods: [{code, frequency, starts, ends}], weights: {layer: {line: {category: w}}},
                    composite: {target: {component: w}}, rounding, quota_percent, tie_chain, commend_from}
    units          [{unit, kind, line, active}]
    persons        [{person, active, assignments: [{unit, line, starts, ends or None}]}]
    indicators     [{indicator, category, tool, line, layers, full_points, rule, rule_params, frequency, active}]
    claims         [{indicator, subject, target or None, days or None, status}]
    declarations   [{indicator, subject, period, status, not_applicable, counts}]
    task_orders    [{indicator, subject, period, status, counts}]
    contributions  [{indicator, subject, status, counts}]
    evaluations    [{indicator, subject, status, counts}]      one per campaign and subject
    vetoes         [{subject, status}]
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracle.arithmetic import Table, day, mean, rounded, stage
from tests.oracle.items import KINDS, grouped, item_points

World = dict[str, Any]
CATEGORIES = ("common", "professional", "contribution", "additional")


def recompute(world: World) -> dict[str, Any]:
    """{"bureau": score, "subjects": {code: {layer, unit, items, categories, line_scores, layer_score, final, rank, ...}}}.

    Scores are Decimals as published, None where there is none; ``items`` maps indicators to points (None: not applicable).
    """
    world = {**world, **{kind: grouped(world[kind]) for kind in KINDS}}
    world["person"] = {one["person"]: one for one in world["persons"]}
    world["scored_units"] = {one["unit"] for one in world["units"] if one["active"] and _layer(one["kind"])}
    subjects = _subjects(world)
    for code, subject in subjects.items():
        _score_layer(world, code, subject)
    _score_units(world, subjects)
    bureau = _bureau(world, subjects)
    _score_persons(world, subjects, bureau)
    for layer in ("division", "station", "person"):
        _rank(world, {code: one for code, one in subjects.items() if one["layer"] == layer})
    return {"bureau": bureau, "subjects": subjects}


def _subjects(world: World) -> dict[str, dict[str, Any]]:
    layers = {unit["unit"]: _layer(unit["kind"]) for unit in world["units"] if unit["active"]}
    lines = {unit["unit"]: unit["line"] for unit in world["units"]}
    found = {code: {"layer": layer, "unit": code, "line": lines[code]} for code, layer in layers.items() if layer}
    for person in world["persons"]:
        last = _assignment_on(person, day(world["cycle"]["ends"]))
        if person["active"] and last and layers.get(last["unit"]):
            found[person["person"]] = {
                "layer": "person", "unit": last["unit"], "line": last["line"], "raw": person,
                "days": _days_by(world["cycle"], person, layers, "line"),
                "unit_days": _days_by(world["cycle"], person, layers, "unit"),
            }  # fmt: skip
    return found


def _days_by(model: Table, person: dict[str, Any], layers: dict[str, Any], what: str) -> dict[str, int]:
    """Day by day: in which line (or unit) of those that are scored."""
    days: dict[str, int] = {}
    today, last = day(model["starts"]), day(model["ends"])
    while today <= last:
        one = _assignment_on(person, today)
        if one and layers.get(one["unit"]):
            days[one[what]] = days.get(one[what], 0) + 1
        today += timedelta(days=1)
    return days


def _layer(kind: str) -> str | None:
    if kind == "station":
        return "station"
    return "division" if kind in ("division", "centre", "association") else None


def _assignment_on(person: dict[str, Any], when: date) -> dict[str, Any] | None:
    for one in person["assignments"]:
        if day(one["starts"]) <= when and (one["ends"] is None or when <= day(one["ends"])):
            return dict(one)
    return None


def _score_layer(world: World, code: str, subject: dict[str, Any]) -> None:
    model = world["cycle"]
    applying = [one for one in world["indicators"] if one["active"] and one["rule"] != "veto" and _counts(one, subject)]
    subject["items"] = {one["indicator"]: item_points(world, one, code) for one in applying}
    station = subject["layer"] == "station"
    line_weights = model["composite"]["station_lines"] if station else subject.get("days") or {subject["line"]: "1"}
    subject["line_scores"], per_line = {}, {}
    for line in line_weights:
        own = [one for one in applying if one["line"] in ("all", line)]
        per_line[line] = {name: _category(model, name, own, subject["items"]) for name in CATEGORIES}
        subject["line_scores"][line] = stage(
            model, model["weights"].get(subject["layer"], {}).get(line, {}), per_line[line]
        )
    subject["layer_score"] = stage(model, line_weights, subject["line_scores"])
    subject["categories"] = {
        name: stage(model, line_weights, {line: values[name] for line, values in per_line.items()}, 4)
        for name in CATEGORIES
    }


def _counts(indicator: dict[str, Any], subject: dict[str, Any]) -> bool:
    if subject["layer"] not in indicator["layers"]:
        return False
    lines = subject.get("days") or {subject["line"]}
    return indicator["line"] == "all" or subject["layer"] == "station" or indicator["line"] in lines


def _category(
    model: Table, name: str, indicators: list[dict[str, Any]], items: dict[str, Decimal | None]
) -> Decimal | None:
    own = [one for one in indicators if one["category"] == name and items[one["indicator"]] is not None]
    if not own:
        return None
    points = sum((Fraction(items[one["indicator"]] or 0) for one in own), Fraction(0))
    if name == "contribution":
        return rounded(model, min(Fraction(100), points), 4)
    return rounded(model, 100 * points / sum((Fraction(one["full_points"]) for one in own), Fraction(0)), 4)


def _score_units(world: World, subjects: dict[str, dict[str, Any]]) -> None:
    model = world["cycle"]
    stations = [one for one in subjects.values() if one["layer"] == "station"]
    for code, unit in subjects.items():
        if unit["layer"] == "person":
            continue
        by_days = [
            one["layer_score"]
            for one in subjects.values()
            if one["layer"] == "person"
            for _ in range(one["unit_days"].get(code, 0))
        ]
        components: dict[str, Any] = {"layer_score": unit["layer_score"], "members_mean": mean(by_days)}
        if unit["layer"] == "division":
            components["stations_line_mean"] = mean([one["line_scores"].get(unit["line"]) for one in stations])
        unit["final"] = stage(model, model["composite"][unit["layer"]], components)


def _bureau(world: World, subjects: dict[str, dict[str, Any]]) -> Decimal | None:
    def of(layer: str, what: str) -> list[Any]:
        return [one[what] for one in subjects.values() if one["layer"] == layer]

    components = {
        "divisions_mean": mean(of("division", "final")),
        "stations_mean": mean(of("station", "final")),
        "persons_mean": mean(of("person", "layer_score")),
    }
    return stage(world["cycle"], world["cycle"]["composite"]["bureau"], components)


def _score_persons(world: World, subjects: dict[str, dict[str, Any]], bureau: Decimal | None) -> None:
    model = world["cycle"]
    for person in subjects.values():
        if person["layer"] != "person":
            continue
        unit = _unit_by_days(model, person["raw"], subjects)
        components = {"personal": person["layer_score"], "unit": unit, "bureau": bureau}
        own = person["layer_score"] is not None
        person["final"] = stage(model, model["composite"]["person"], components) if own else None


def _unit_by_days(model: Table, person: dict[str, Any], subjects: dict[str, dict[str, Any]]) -> Fraction | None:
    """Day by day through the cycle: the mean of the scores of the units in which the person was."""
    scores = []
    today, last = day(model["starts"]), day(model["ends"])
    while today <= last:
        assignment = _assignment_on(person, today)
        unit = subjects.get(assignment["unit"]) if assignment else None
        scores.append(unit["final"] if unit else None)
        today += timedelta(days=1)
    return mean(scores)


def _rank(world: World, subjects: dict[str, dict[str, Any]]) -> None:
    model = world["cycle"]
    scored = {code: one for code, one in subjects.items() if one["final"] is not None}
    places = len(scored) * model["quota_percent"] // 100
    vetoed = {veto["subject"] for veto in world["vetoes"] if veto["status"] == "confirmed"}
    for code, one in subjects.items():
        if code not in scored:
            one.update(rank=None, nominated=False, struck=False, tied=False)
            continue
        one["rank"] = 1 + sum(other["final"] > one["final"] for other in scored.values())
        better = sum(_chain(model, other) > _chain(model, one) for other in scored.values())
        equal = sum(_chain(model, other) == _chain(model, one) for other in scored.values())
        enough = one["final"] >= model.get("commend_from", 0)
        one["nominated"] = enough and better + equal <= places
        one["tied"] = enough and better < places < better + equal
        one["struck"] = one["nominated"] and code in vetoed


def _chain(model: Table, one: dict[str, Any]) -> list[Any]:
    return [one["final"], *(one["categories"][name] or 0 for name in model["tie_chain"])]
