"""What the year's report says in words: written by the unit's head or the office, each version kept."""

from dataclasses import asdict
from typing import Any

from services.scoring.domain.permissions import may_read_report
from services.scoring.domain.report_text import ReportText, check_written_now
from services.scoring.domain.result_permissions import may_write_report, who
from services.scoring.storage.followups import with_orders
from services.scoring.storage.projections import cycle_of, names
from services.scoring.storage.report_texts import ReportTexts, is_unit, measures_of_units
from services.scoring.usecases.guards import need, need_not_archived
from shared.actor import Actor
from shared.clock import now
from shared.contracts.scoring.commands.report_texts import NewReportText, ReportTextKey, ReportTextsQuery
from shared.database import Session
from shared.recording import audit
from shared.vocabulary.refusals import check_replaces, missing
from shared.vocabulary.scoring import TEXT_SCOPES

Row = dict[str, Any]


def write_report_text(session: Session, actor: Actor, command: NewReportText) -> Row:
    need(may_write_report(actor, command["scope"], command["target"]))
    status = cycle_of(session, actor.bureau, command["cycle"])["status"]
    need_not_archived(status)
    check_written_now(status)
    texts = _texts(session, actor, command)
    before = texts.newest()
    if before is not None:
        check_replaces("report_text", command["revision"], before.revision)
    after = ReportText(
        bureau=actor.bureau,
        cycle=command["cycle"],
        scope=command["scope"],
        target=command["target"] or "",
        revision=(before.revision if before else 0) + 1,
        summary=command["summary"].strip(),
        next_steps=command["next_steps"].strip(),
        by=who(actor),
        at=now(),
    )
    texts.add(after)
    subject = "/".join(filter(None, (after.bureau, after.cycle, after.scope, after.target)))
    was = asdict(before) if before else {}
    audit(session, action="report_text.written", subject=subject, before=was, after=asdict(after))
    return _shown(session, after)


def read_report_text(session: Session, actor: Actor, query: ReportTextKey) -> Row:
    need(may_read_report(actor, query["scope"], query["target"]))
    found = _texts(session, actor, query).newest()
    if found is None:
        raise missing("report_text.unknown", "还没有撰写总结", "nothing has been written yet")
    return _shown(session, found)


def list_report_texts(session: Session, actor: Actor, query: ReportTextsQuery) -> Row:
    need(may_read_report(actor, query["scope"], query["target"]))
    page = _texts(session, actor, query).page(query)
    return {**page, "items": [_shown(session, ReportText(**row)) for row in page["items"]]}


def in_words(session: Session, bureau: str, run: str, cycle: str, scope: str, target: str | None) -> Row:
    """Return what stands in the report beside its figures: the text as it is now, and the measures ordered or proposed for units."""
    if scope not in TEXT_SCOPES:
        return {"text": None, "measures": []}
    text = ReportTexts(session, bureau, cycle, scope, target or "").newest()
    found = with_orders(session, bureau, measures_of_units(session, bureau, run, target))
    called = names(session, bureau, {one["subject"] for one in found})
    measures = [
        {
            "subject": one["subject"],
            "name": called.get(one["subject"]),
            **{name: one[name] for name in ("improvement", "status", "title", "standard", "deadline")},
            "order_status": one["task_order"] and one["task_order"]["status"],
        }
        for one in found
    ]
    return {"text": _shown(session, text) if text else None, "measures": measures}


def _texts(session: Session, actor: Actor, key: NewReportText | ReportTextKey | ReportTextsQuery) -> ReportTexts:
    cycle_of(session, actor.bureau, key["cycle"])
    if key["target"] is not None and not is_unit(session, actor.bureau, key["target"]):
        raise missing("report.unknown", "没有这个口或单位", "there is no such line or unit")
    return ReportTexts(session, actor.bureau, key["cycle"], key["scope"], key["target"] or "")


def _shown(session: Session, one: ReportText) -> Row:
    told = {name: value for name, value in asdict(one).items() if name != "bureau"}
    return {**told, "target": one.target or None, "by_name": names(session, one.bureau, {one.by}).get(one.by)}
