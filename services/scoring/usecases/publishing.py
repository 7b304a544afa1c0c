"""Publication of a run: what everybody may see of it, and until when objections are taken."""

from dataclasses import asdict
from datetime import date
from typing import Any

from services.scoring.domain.permissions import may_publish, may_read_run
from services.scoring.domain.publication import Publication, complete, objection_days
from services.scoring.domain.run import PUBLISHED
from services.scoring.storage import visibility as store
from services.scoring.storage.bureau_rules import rules_of
from services.scoring.storage.run_store import Runs
from services.scoring.usecases.guards import need
from services.scoring.usecases.run_states import run_to_change, saved
from shared.actor import Actor
from shared.clock import now, today
from shared.contracts.scoring.commands.results import PublicationChange, Publishing
from shared.contracts.scoring.commands.scores import OneRun
from shared.database import Session
from shared.recording import audit
from shared.vocabulary.refusals import check_revision, conflict, missing
from shared.working_days import UnknownYear, WorkingDays

Row = dict[str, Any]


def publish_run(session: Session, actor: Actor, command: Publishing) -> Row:
    """Publish a run; ``command``: {"run", "visible": layer -> level, "objection_days": working days}."""
    need(may_publish(actor))
    run = run_to_change(session, actor, command["run"], lock=True)
    published = run.publish(actor.account, now())
    on = today()
    days = objection_days(command["objection_days"], rules_of(session, run.bureau).all(), on)
    one = Publication(
        bureau=run.bureau,
        run=run.run,
        cycle=run.cycle,
        revision=1,
        visible=complete(command["visible"]),
        objection_days=days,
        published_on=on,
        objections_until=_last_day(session, run.bureau, run.cycle, on, days),
        by=actor.account,
    )
    store.add_publication(session, one)
    _audit(session, None, one)
    return {**saved(session, actor, run, published, new=one), "publication": shown(one)}


def read_publication(session: Session, actor: Actor, query: OneRun) -> Row:
    run = Runs(session, actor.bureau).get(query["run"])
    need(may_read_run(actor, published=run.status == PUBLISHED))
    return shown(_known(session, actor, run.run))


def change_publication(session: Session, actor: Actor, command: PublicationChange) -> Row:
    """Change a publication: more days, or other settings; ``revision`` is the one that was read, or
    None. The others are told the last day again."""
    need(may_publish(actor))
    run = run_to_change(session, actor, command["run"], lock=True)
    before = _known(session, actor, command["run"], lock=True)
    check_revision("publication", command["revision"], before.revision)
    days = before.objection_days
    if command["objection_days"] is not None:
        days = objection_days(command["objection_days"], rules_of(session, run.bureau).all(), before.published_on)
    until = _last_day(session, before.bureau, before.cycle, before.published_on, days)
    after = before.changed(command["visible"], days, until, actor.account)
    store.change_publication(session, after)
    _audit(session, before, after)
    saved(session, actor, run, run.with_other_publication(), was=before, new=after)
    return shown(after)


def shown(one: Publication) -> Row:
    """Return the publication as it is shown; ``open``: whether an objection is still in time today."""
    return {**asdict(one), "visible": dict(one.visible), "open": one.is_open(today())}


def _known(session: Session, actor: Actor, code: str, *, lock: bool = False) -> Publication:
    found = store.publication_of(session, actor.bureau, code, lock=lock)
    if found is None:
        raise missing("publication.unknown", "该核算没有公布设置", "the run has no publication")
    return found


def _last_day(session: Session, bureau: str, cycle: str, on: date, days: int) -> date:
    try:
        return WorkingDays(store.calendar_of(session, bureau, cycle)).add(on, days)
    except UnknownYear as unknown:
        raise conflict(
            "calendar.unknown",
            f"没有 {unknown.year} 年的工作日历，不能计算公示期；请先录入",
            f"the working days of {unknown.year} are not known; enter them first",
        ) from unknown


def _audit(session: Session, before: Publication | None, after: Publication) -> None:
    was = asdict(before) if before else {}
    audit(session, action="publication.changed", subject=f"{after.bureau}/{after.run}", before=was, after=asdict(after))
