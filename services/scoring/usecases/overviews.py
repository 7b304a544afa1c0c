"""The standing as a whole: points by subject and indicator, and what was declared period by period, of whom one may see."""

from collections import Counter
from typing import Any

from services.scoring.domain.dossier import Dossier
from services.scoring.domain.frame import Frame
from services.scoring.domain.items import ItemScore
from services.scoring.domain.permissions import detail_sight
from services.scoring.domain.results import shown
from services.scoring.domain.sheets import Sheet, score_subject
from services.scoring.storage.facts import read_dossiers
from services.scoring.storage.projections import cycle_of, names
from services.scoring.usecases.incremental import current
from shared.actor import Actor
from shared.clock import today
from shared.database import Session
from shared.vocabulary.periods import period_place
from shared.vocabulary.refusals import invalid

Row = dict[str, Any]
CAUSES = ("done", "waiting", "not_declared", "not_applicable")


def get_matrix(session: Session, actor: Actor, query: Row) -> Row:
    sheets = _sheets(session, actor, query)
    known = names(session, actor.bureau, {one.subject.code for one in sheets})
    items = {score.item.indicator: score.item for sheet in sheets for score in sheet.items}
    indicators = [
        {"indicator": code, "name": item.name, "category": item.category, "full_points": shown(item.full)}
        for code, item in sorted(items.items())
    ]
    return {**_head(query), "indicators": indicators, "subjects": [_row(one, known) for one in sheets]}


def get_series(session: Session, actor: Actor, query: Row) -> Row:
    sheets = _sheets(session, actor, query)
    counts = Counter(
        (period, cause)
        for sheet in sheets
        for score in sheet.items
        for period, cause in score.causes
        if cause in CAUSES
    )
    periods = sorted({period for period, _ in counts}, key=period_place)
    told = [{"period": period, **{cause: counts[period, cause] for cause in CAUSES}} for period in periods]
    return {**_head(query), "subjects": len(sheets), "periods": told}


def _sheets(session: Session, actor: Actor, query: Row) -> list[Sheet]:
    bureau, cycle, layer, unit = actor.bureau, query["cycle"], query["layer"], query["unit"]
    cycle_of(session, bureau, cycle)
    if layer == "person" and unit is None:
        raise invalid("unit.missing", "请指明哪个单位的人员", "whose people? name the unit", "unit")
    frame: Frame = current(session, bureau, cycle)[0].frame
    seen = detail_sight(actor)
    subjects = [
        one
        for one in frame.subjects
        if one.layer == layer and unit in (None, one.unit) and seen.covers(one.code, one.unit)
    ]
    raw = {one["subject"]: one for one in read_dossiers(session, bureau, cycle, [one.code for one in subjects])}
    return [score_subject(frame, one, Dossier.from_json(raw[one.code])) for one in subjects if one.code in raw]


def _head(query: Row) -> Row:
    return {"cycle": query["cycle"], "layer": query["layer"], "unit": query["unit"], "as_of": today()}


def _row(sheet: Sheet, known: dict[str, str]) -> Row:
    subject = sheet.subject
    cells = {score.item.indicator: _cell(score) for score in sheet.items if score.due or score.points is not None}
    return {
        "subject": subject.code,
        "name": known.get(subject.code),
        "line": subject.line,
        "score": shown(sheet.score),
        "cells": cells,
    }


def _cell(score: ItemScore) -> Row:
    return {"points": shown(score.points), "due": score.due, "declared": score.declared}
