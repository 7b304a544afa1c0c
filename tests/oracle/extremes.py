"""Bureaus at the edges that chance seldom reaches: contributions beyond their cap, and people who equal each other where the quota ends."""

from decimal import Decimal
from typing import Any

World = dict[str, Any]
OF_SUBJECTS = ("claims", "declarations", "task_orders", "contributions", "evaluations")


def overflowing(world: World) -> World:
    """Every item of contribution takes up to 40 points, everybody does a hundred times as much, and all of it is settled."""
    items = [
        {**one, "full_points": "40", "rule_params": {**one["rule_params"], "cap": "40"}}
        if one["rule"] == "accumulate"
        else one
        for one in world["indicators"]
    ]
    made = [
        {
            **one,
            "status": "settled",
            "counts": {name: f"{100 * Decimal(value)}" for name, value in one["counts"].items()},
        }
        for one in world["contributions"]
    ]
    return {**world, "indicators": items, "contributions": made}


def alike(world: World) -> World:
    """All persons of a line have what the first of them has, and sit in his place: they tie, whatever the quota."""
    first: dict[str, World] = {}
    for person in world["persons"]:
        first.setdefault(person["assignments"][-1]["line"], person)
    models = {one["person"]: first[one["assignments"][-1]["line"]] for one in world["persons"]}
    persons = [{**one, "assignments": models[one["person"]]["assignments"]} for one in world["persons"]]
    kept = {kind: [*_of_others(world[kind], models), *_copied(world[kind], models)] for kind in OF_SUBJECTS}
    return {**world, **kept, "persons": persons}


def _of_others(rows: list[World], models: dict[str, World]) -> list[World]:
    return [row for row in rows if row["subject"] not in models]


def _copied(rows: list[World], models: dict[str, World]) -> list[World]:
    return [
        {**row, "subject": person, "code": f"{row['code']}-{person}"}
        for person, model in models.items()
        for row in rows
        if row["subject"] == model["person"]
    ]
