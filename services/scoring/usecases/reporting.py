"""The year's report of a run, for the bureau, a line or a unit. Task of a worker: it walks over every item of everybody."""

from typing import Any

from services.scoring.domain.frame import Frame
from services.scoring.domain.permissions import may_read_report
from services.scoring.domain.report import Year, report
from services.scoring.domain.report_text import BUREAU
from services.scoring.domain.run import Run
from services.scoring.storage.gradings import counts_of_grades
from services.scoring.storage.run_details import points_of
from services.scoring.storage.run_store import FRAME, Runs
from services.scoring.storage.scores import Scores
from services.scoring.storage.visibility import publication_of
from services.scoring.usecases.guards import need, need_approved
from services.scoring.usecases.naming import bureau_name, named
from services.scoring.usecases.publishing import shown
from services.scoring.usecases.report_texts import in_words
from services.scoring.usecases.runs import stored
from shared.actor import Actor
from shared.contracts.scoring.commands.reports import ReportQuery
from shared.database import Session, Sessions
from shared.vocabulary.refusals import missing

Row = dict[str, Any]


def read_report(sessions: Sessions, actor: Actor, query: ReportQuery) -> Row:
    """Read a report; ``query``: {"run", "scope": bureau, line or unit,
    "target": its code}. A head reads that of his unit."""
    need(may_read_report(actor, query["scope"], query["target"]))
    with sessions.begin(actor) as session:
        run = Runs(session, actor.bureau).get(query["run"])
        need_approved(run)
        return _report(session, run, query)


def _report(session: Session, run: Run, query: ReportQuery) -> Row:
    frame = Frame.from_json(stored(Runs(session, run.bureau), run, FRAME))
    rows = _rows(session, run)
    if query["scope"] != BUREAU and query["target"] not in {row[query["scope"]] for row in rows}:
        raise missing("report.unknown", "没有这个口或单位", "there is no such line or unit")
    days = {one.code: one.lines or {one.line: one.days or 0} for one in frame.subjects if one.layer == "person"}
    points = points_of(session, run.bureau, run.cycle, run.run)
    year = Year(rows, points, frame.items, frame.model.rounding, days)
    earlier = Runs(session, run.bureau).published_before(run.cycle)
    before = _rows(session, Runs(session, run.bureau).get(earlier)) if earlier else []
    publication = publication_of(session, run.bureau, run.run)
    names = {row["unit"]: row["unit_name"] for row in rows}
    return {
        **{name: getattr(run, name) for name in ("run", "cycle", "status", "frozen_at", "input_hash")},
        "scope": query["scope"],
        "target": query["target"],
        "target_name": names.get(query["target"], query["target"]),
        "bureau": run.bureau,
        "bureau_name": bureau_name(session, run.bureau),
        "bureau_score": run.summary["score"],
        "bureau_components": run.summary["components"],
        "quota": run.summary["quota"],
        "publication": shown(publication) if publication else None,
        "grades": counts_of_grades(session, run.bureau, run.run, query["target"] if query["scope"] == "unit" else None)
        if query["scope"] != "line"
        else {},
        **in_words(session, run.bureau, run.run, run.cycle, query["scope"], query["target"]),
        **report(year, query["scope"], query["target"], before),
    }


def _rows(session: Session, run: Run) -> list[Row]:
    rows = Scores(session, run.bureau, run.cycle, run.run).all()
    found: list[Row] = named(session, run.bureau, {"items": rows})["items"]
    return found
