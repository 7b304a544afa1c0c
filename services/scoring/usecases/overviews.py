"""The standing as a whole: points by subject and indicator, and what was declared period by period, of whom one may see."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from services.scoring.domain.frame import Item, Subject
from services.scoring.domain.permissions import detail_sight
from services.scoring.domain.results import shown
from services.scoring.kernel.answers import points_text
from services.scoring.kernel.live import Live
from services.scoring.storage.projections import cycle_of, names
from services.scoring.usecases.incremental import Progress, current_progress
from shared.actor import Actor
from shared.clock import today
from shared.contracts.scoring.commands.overviews import OverviewQuery
from shared.database import Session
from shared.vocabulary.periods import period_place
from shared.vocabulary.refusals import invalid

Row = dict[str, Any]
CAUSES = ("done", "waiting", "not_declared", "not_applicable")


def get_overview(session: Session, actor: Actor, query: OverviewQuery) -> Row:
    """Get the overview; ``query``: {"cycle", "layer", "unit": whose people, or None}."""
    bureau, cycle, layer, unit = actor.bureau, query["cycle"], query["layer"], query["unit"]
    cycle_of(session, bureau, cycle)
    if layer == "person" and unit is None:
        raise invalid("unit.missing", "请指明哪个单位的人员", "whose people? name the unit", "unit")
    seen = detail_sight(actor)

    def chosen(live: Live) -> list[str]:
        wanted = (one for one in live.frame.subjects if one.layer == layer and unit in (None, one.unit))
        return [one.code for one in wanted if seen.covers(one.code, one.unit)]

    live, progress = current_progress(session, bureau, cycle, chosen)
    subjects = [live.frame.by_code[code] for code in progress]
    known = names(session, bureau, list(progress))
    return {
        "cycle": cycle,
        "layer": layer,
        "unit": unit,
        "as_of": today(),
        "indicators": _indicators(live, subjects),
        "subjects": [
            {
                "subject": one.code,
                "name": known.get(one.code),
                "line": one.line,
                **_stand(live, one.code),
                "cells": _cells(live, one, progress[one.code]),
            }
            for one in subjects
        ],
        "periods": _periods(progress.values()),
    }


def _stand(live: Live, code: str) -> Row:
    row = live.row(code)
    return {"score": row["layer_score"], "final": row["final"], "rank": row["rank"]}


def _indicators(live: Live, subjects: Iterable[Subject]) -> list[Row]:
    items: dict[str, Item] = {item.indicator: item for one in subjects for item in live.frame.items_of(one)}
    return [
        {"indicator": code, "name": item.name, "category": item.category, "full_points": shown(item.full)}
        for code, item in sorted(items.items())
    ]


def _cells(live: Live, subject: Subject, progress: Progress) -> Row:
    points = zip(live.frame.items_of(subject), live.points(subject.code), strict=True)
    return {
        item.indicator: {"points": points_text(value), "due": of.due, "declared": of.declared}
        for item, value in points
        if (of := progress.get(item.indicator)) and (of.due or value >= 0)
    }


def _periods(progress: Iterable[Progress]) -> list[Row]:
    counts = Counter(pair for one in progress for of in one.values() for pair in of.causes)
    periods = sorted({period for period, cause in counts if cause in CAUSES}, key=period_place)
    return [{"period": period, **{cause: counts[period, cause] for cause in CAUSES}} for period in periods]
