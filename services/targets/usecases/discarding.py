"""Drafts that are not to be: the draft of a library, and a whole year in preparation, thrown away and on record."""

from dataclasses import replace

from services.targets.domain import permissions
from services.targets.domain.cycles import DISCARDED, Cycle
from services.targets.storage.cycle_rows import delete_prepared, has_others_work
from services.targets.storage.draft_changes import DraftChanges, Noted
from services.targets.storage.library import Libraries
from services.targets.usecases.drafts import check_draft_revision
from services.targets.usecases.guards import changeable, known_cycle, need
from services.targets.usecases.library_reading import counts_of
from services.targets.usecases.saving import save_change
from services.targets.usecases.scheduling import none_scheduled
from services.targets.usecases.taking_up import take_back
from shared.actor import Actor
from shared.contracts.targets.commands.drafts import CycleRevision, DraftRevision
from shared.database import Row, Session
from shared.errors import Conflict
from shared.recording import audit
from shared.vocabulary.refusals import check_revision


def discard_draft(session: Session, actor: Actor, command: DraftRevision) -> Row:
    """Throw the draft away. What is published stays; what the panel accepted goes into the next draft."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    check_draft_revision(session, actor, cycle, command["revision"])
    none_scheduled(session, actor, cycle)
    revision = cycle.library_revision + 1
    if Libraries(session, actor.bureau, cycle.cycle).model(revision) is None:
        raise Conflict("library.no_draft", zh="没有可作废的指标库草稿", en="there is no draft to throw away")
    return _throw_away(session, actor, cycle)


def discard_cycle(session: Session, actor: Actor, command: CycleRevision) -> Row:
    """Throw away a year in preparation, with all that the office prepared for it; the others are told that it is gone."""
    need(permissions.may_manage_cycle(actor))
    before = known_cycle(session, actor, command["cycle"], lock=True)
    check_revision("cycle", command["revision"], before.revision)
    _unreleased(session, actor, before)
    if Libraries(session, actor.bureau, before.cycle).model(1) is not None:
        _throw_away(session, actor, before)
    gone = delete_prepared(session, actor.bureau, before.cycle)
    after = replace(before, status=DISCARDED, calendar={}, revision=before.revision + 1, by=actor.account)
    subject = f"{actor.bureau}/{before.cycle}"
    audit(session, action="cycle.discarded", subject=subject, before=gone, after={})
    return save_change(session, actor, before, after)


def _unreleased(session: Session, actor: Actor, cycle: Cycle) -> None:
    if cycle.is_begun:
        raise Conflict(
            "cycle.released", zh="考核年度已开始，不能作废", en="the year has begun: it cannot be thrown away any more"
        )
    if cycle.library_revision:
        raise Conflict(
            "cycle.library_published",
            zh="考核年度的指标库已发布，不能作废；请修改后发布新版",
            en="its library is published: the year cannot be thrown away; publish another revision instead",
        )
    if has_others_work(session, actor.bureau, cycle.cycle):
        raise Conflict(
            "cycle.used",
            zh="已有人为该年度填写权重判断或目标，不能作废",
            en="others have worked on this year already: it cannot be thrown away",
        )


def _throw_away(session: Session, actor: Actor, cycle: Cycle) -> Row:
    """The draft's rows go; the record of what was done to it stays."""
    libraries, record = (
        Libraries(session, actor.bureau, cycle.cycle),
        DraftChanges(session, actor.bureau, cycle.cycle),
    )
    revision = cycle.library_revision + 1
    held = libraries.indicators(revision)
    take_back(session, actor, cycle)
    libraries.remove_draft(revision)
    record.replaced(revision)
    record.note(revision, actor.account, Noted("discard"))
    subject = f"{actor.bureau}/{cycle.cycle}/{revision}"
    audit(session, action="library.discarded", subject=subject, before=counts_of(held), after={})
    return {"library_revision": revision, "indicators": len(held), "revision": record.revision()}
