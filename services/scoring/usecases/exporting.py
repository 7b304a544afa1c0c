"""The points of every item, for tables that go out."""

from typing import Any

from sqlalchemy.orm import Session

from services.scoring.domain.permissions import detail_sight
from services.scoring.storage.run_details import page_of_points
from services.scoring.storage.runs import FRAME, Runs
from services.scoring.storage.scores import Scores
from services.scoring.usecases.runs import stored
from shared.actor import Actor

Row = dict[str, Any]


def list_points(session: Session, actor: Actor, query: Row) -> Row:
    """The points of every item, subject by subject, of those whose explanations the actor may see."""
    run = Runs(session, actor.bureau).get(query["run"])
    scores = Scores(session, actor.bureau, run.cycle, run.run)
    page = scores.by_code(query["layer"], detail_sight(actor), after=query["after"], limit=query["limit"])
    points = page_of_points(session, run.bureau, run.cycle, run.run, [row["subject"] for row in page["items"]])
    items = {one["indicator"]: one for one in stored(Runs(session, run.bureau), run, FRAME)["indicators"]}
    return {"next": page["next"], "items": [one for row in page["items"] for one in _points(row, points, items)]}


def _points(row: Row, points: dict[str, Row], items: dict[str, Row]) -> list[Row]:
    own = {name: row[name] for name in ("subject", "layer", "unit", "line")}
    about = ("name", "category", "rule", "full_points")
    return [
        {**own, "indicator": code, "points": value, **{name: items[code][name] for name in about}}
        for code, value in points.get(row["subject"], {}).items()
    ]
