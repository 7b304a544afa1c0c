"""The points of every item and how they came, for tables that go out."""

from typing import Any

from rules import counted
from services.scoring.domain.frame import Item
from services.scoring.domain.permissions import detail_sight
from services.scoring.domain.results import shown
from services.scoring.storage.run_details import page_of_points
from services.scoring.storage.run_store import Runs
from services.scoring.storage.scores import Scores
from services.scoring.usecases.frozen_frames import frame_of
from services.scoring.usecases.naming import named
from services.scoring.usecases.runs import explained
from shared.actor import Actor
from shared.contracts.scoring.commands.runs import ScoresQuery
from shared.database import Session

Row = dict[str, Any]
EXPLAINED_AT_ONCE = 10  # subjects; each takes some hundredths of a second, and others want their turn


def list_points(session: Session, actor: Actor, query: ScoresQuery) -> Row:
    """List the points of every item, subject by subject, of those whose explanations the actor may see."""
    run = Runs(session, actor.bureau).get(query["run"])
    scores = Scores(session, actor.bureau, run.cycle, run.run)
    page = scores.by_code(query["layer"], detail_sight(actor), after=query["after"], limit=query["limit"])
    points = page_of_points(session, run.bureau, run.cycle, run.run, [row["subject"] for row in page["items"]])
    named_rows = named(session, run.bureau, page)["items"]
    items = {one.indicator: one for one in frame_of(session, run).items}
    return {"next": page["next"], "items": [one for row in named_rows for one in _points(row, points, items)]}


def list_explanations(session: Session, actor: Actor, query: ScoresQuery) -> Row:
    """List item by item what was measured, the arithmetic and the points, of
    those whose explanations the actor may see."""
    run = Runs(session, actor.bureau).get(query["run"])
    scores, limit = Scores(session, actor.bureau, run.cycle, run.run), min(query["limit"], EXPLAINED_AT_ONCE)
    page = scores.by_code(query["layer"], detail_sight(actor), after=query["after"], limit=limit)
    frame = frame_of(session, run)
    trees = (explained(session, run, frame, row) for row in page["items"])
    return {"next": page["next"], "items": [one for tree in trees for one in _explanations(tree)]}


def _explanations(tree: Row) -> list[Row]:
    own = {name: tree[name] for name in ("subject", "name", "layer", "unit", "unit_name")}
    items: dict[str, Row] = {}  # a station's common items stand under each of its lines
    for line in tree["lines"]:
        for category in line["categories"]:
            for item in category["items"]:
                items.setdefault(item["indicator"], {**own, **_explanation(line, category, item)})
    return list(items.values())


def _explanation(line: Row, category: Row, item: Row) -> Row:
    kept = ("indicator", "tool", "rule", "full_points", "points", "applicable", "target", "formula", "sentence")
    return {
        **{name: item[name] for name in kept},
        "line": line["line"],
        "category": category["category"],
        "item": item["name"],
        "counts": counted(item["counts"]),
        **{name: item["periods"][name] for name in ("due", "declared")},
    }


def _points(row: Row, points: dict[str, Row], items: dict[str, Item]) -> list[Row]:
    own = {name: row[name] for name in ("subject", "name", "layer", "unit", "unit_name", "line")}
    return [
        {
            **own,
            "indicator": code,
            "item": items[code].name,
            "points": value,
            "category": items[code].category,
            "rule": items[code].rule,
            "full_points": shown(items[code].full),
        }
        for code, value in points.get(row["subject"], {}).items()
    ]
