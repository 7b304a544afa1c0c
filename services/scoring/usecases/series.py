"""Scores month by month. Task of a worker, which keeps the last year that it scored: who asks for one subject asks for another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.scoring.domain.frame import LAYERS, Frame
from services.scoring.domain.permissions import may_read_series
from services.scoring.domain.run import is_freezable
from services.scoring.domain.series import dossier_until, frame_until, month_ends, period_ends
from services.scoring.storage.projections import cycle_of, names, unit_within, version_of
from services.scoring.storage.run_store import Runs
from services.scoring.storage.scores import Scores, read_steadily
from services.scoring.usecases.guards import need, need_same_cycle, need_yours
from services.scoring.usecases.scoring import score_bureau
from services.scoring.usecases.trial_inputs import Inputs, live_inputs, stored_inputs
from shared.actor import Actor
from shared.clock import today
from shared.contracts.scoring.commands.insights import SeriesQuery
from shared.database import Session, Sessions
from shared.vocabulary.refusals import missing

Row = dict[str, Any]
KEPT = ("final", "layer_score", "rank", "components", "categories")
BUREAU = ""  # stands among the subjects for the bureau itself


@dataclass(frozen=True)
class Months:
    """``inputs`` with all periods; ``until``: their months' ends, of a year that ``goes_on`` those gone by, and today."""

    inputs: Inputs
    until: tuple[date, ...]
    goes_on: bool


_kept: dict[tuple[str, ...], list[dict[str, Row]]] = {}


def check_reader(session: Session, actor: Actor, query: SeriesQuery) -> None:
    """Refuse who may not read what ``query`` asks for (as ``read_series``), before a worker reads the year."""
    subject, cycle = query["subject"], query["cycle"]
    cycle_of(session, actor.bureau, cycle)
    if subject is None:
        need(may_read_series(actor, None, None))
    elif query["run"]:
        run = Runs(session, actor.bureau).get(query["run"])
        unit = Scores(session, actor.bureau, run.cycle, run.run).get(subject)["unit"]
        need_yours(may_read_series(actor, subject, unit))
    else:
        need_yours(may_read_series(actor, subject, unit_within(session, actor.bureau, cycle, subject)))


def read_series(sessions: Sessions, actor: Actor, query: SeriesQuery) -> Row:
    """Read a series; ``query``: {"cycle", "run" or None, "subject" or None for the bureau}."""
    subject = query["subject"]
    with sessions.begin(actor) as session:
        read_steadily(session)
        cycle_of(session, actor.bureau, query["cycle"])
        months = _months(session, actor.bureau, query)
        layer = _layer(actor, Frame.from_json(months.inputs.raw), subject)
        year = _year(session, actor.bureau, query, months)
        known = {} if subject is None else names(session, actor.bureau, [subject])
    points = [
        {"month": f"{day:%Y-%m}", "until": day, **of[subject or BUREAU]}
        for day, of in zip(months.until, year, strict=True)
    ]
    head = {"cycle": query["cycle"], "run": query["run"], "subject": subject}
    return {**head, "name": known.get(subject or BUREAU), "layer": layer, "points": points}


def _layer(actor: Actor, frame: Frame, code: str | None) -> str | None:
    if code is None:
        need(may_read_series(actor, None, None))
        return None
    subject = frame.by_code.get(code)
    if subject is None:
        raise missing("score.unknown", "该对象不在考核范围内", "this subject is not scored")
    need_yours(may_read_series(actor, code, subject.unit))
    return subject.layer


def _months(session: Session, bureau: str, query: SeriesQuery) -> Months:
    cycle = query["cycle"]
    if query["run"]:
        need_same_cycle(cycle, Runs(session, bureau).get(query["run"]).cycle)
        inputs = stored_inputs(session, bureau, query["run"])
        return Months(inputs, _ends(inputs.raw), goes_on=False)
    inputs = live_inputs(session, bureau, cycle)
    if is_freezable(cycle_of(session, bureau, cycle)["status"]):
        return Months(inputs, _ends(inputs.raw), goes_on=False)
    until = (*(day for day in _ends(inputs.raw) if day < today()), today())
    return Months(inputs, until, goes_on=True)


def _ends(raw: Row) -> tuple[date, ...]:
    return tuple(month_ends(*(date.fromisoformat(raw["cycle"][name]) for name in ("starts", "ends"))))


def _year(session: Session, bureau: str, query: SeriesQuery, months: Months) -> list[dict[str, Row]]:
    version = query["run"] or f"{version_of(session, bureau, query['cycle'])} {today()}"
    key = (str(session.get_bind().engine.url), bureau, query["cycle"], version)
    if key not in _kept:
        inputs = months.inputs.held()
        scored = [_month(months, inputs.dossiers(), day) for day in months.until]
        _kept.clear()  # only the last one: two years of a large bureau would be too much
        _kept[key] = scored
    return _kept[key]


def _month(months: Months, dossiers: Iterable[Row], day: date) -> dict[str, Row]:
    """Subject -> where it stood. The last one of a run is the run, that of a year which goes on the standing of its day."""
    raw, is_last = months.inputs.raw, day == months.until[-1]
    if months.goes_on and is_last:
        raw = frame_until(raw, day - timedelta(days=1))
    elif not is_last:
        raw, ends = frame_until(raw, day), period_ends(raw)
        dossiers = (dossier_until(one, ends, day) for one in dossiers)
    scoring = score_bureau(Frame.from_json(raw), dossiers).scoring
    ranked = {layer: scoring.bureau["quota"][layer]["ranked"] for layer in LAYERS}
    rows = {
        row["subject"]: {**{name: row[name] for name in KEPT}, "ranked": ranked[row["layer"]]} for row in scoring.rows
    }
    own = {"final": scoring.bureau["score"], "components": scoring.bureau["components"], "categories": {}}
    return {**rows, BUREAU: {**dict.fromkeys(("layer_score", "rank", "ranked")), **own}}
