"""From a draft to the library in force: published with a day, in force on that day, what it means for claims carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.storage.library import Libraries
from services.targets.usecases.claim_effects import release_fallen
from services.targets.usecases.drafts import stored_draft
from services.targets.usecases.guards import changeable, known_cycle, need, none_wrong
from services.targets.usecases.library_reading import told_of
from services.targets.usecases.models import note_model
from services.targets.usecases.saving import cycle_document, save_change
from services.targets.usecases.scheduling import effective_day, none_scheduled, scheduled_library
from services.targets.usecases.states import indicator_state
from services.targets.usecases.taking_up import take_up
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.cycles import CycleKey
from shared.contracts.targets.commands.library import Publication
from shared.database import Row, Session
from shared.errors import Conflict
from shared.recording import audit, record_all


def publish_library(session: Session, actor: Actor, command: Publication) -> Row:
    """Publish the draft, which never changes again: it is the cycle's library from
    ``effective`` on, today where no day is named.

    The first library holds from the cycle's first day.
    """
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    none_scheduled(session, actor, cycle)
    take_up(session, actor, cycle)
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    revision = cycle.library_revision + 1
    if libraries.model(revision) is None:
        zh, en = "没有待发布的指标库，请先导入", "there is no draft to publish: import one"
        raise Conflict("library.no_draft", zh=zh, en=en)
    _sound(session, actor, cycle)
    current = libraries.edition(cycle.library_revision)
    wanted = command["effective"] or (cycle.starts if current is None else None)
    effective = effective_day(cycle, wanted, current.effective if current else None)
    libraries.mark_published(revision, actor.account, effective, command["note"])
    _audit(session, actor, cycle, "library.published", {"effective": effective, "note": command["note"]})
    if current is not None and effective > today():
        return cycle_document(cycle)
    return enforce_library(session, actor, cycle, actor.account)


def withdraw_library(session: Session, actor: Actor, command: CycleKey) -> Row:
    """Make a published library whose day has not come a draft again."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    edition = scheduled_library(session, actor, cycle)
    if edition is None:
        raise Conflict("library.none_scheduled", zh="没有待生效的指标库", en="no library is scheduled")
    Libraries(session, actor.bureau, cycle.cycle).unmark_published(edition.library_revision)
    _audit(session, actor, cycle, "library.withdrawn", {"effective": None})
    return cycle_document(cycle)


def enforce_library(session: Session, actor: Actor, before: Cycle, by: str) -> Row:
    """Make the published draft the cycle's library; indicators that it no longer has are told as inactive."""
    libraries = Libraries(session, actor.bureau, before.cycle)
    revision = before.library_revision + 1
    model, edition = libraries.model(revision), libraries.edition(revision)
    assert model is not None
    assert edition is not None
    after = replace(before.with_library(revision, model.weights, model.composite), by=by)
    old, new = libraries.indicators(before.library_revision), libraries.indicators(revision)
    _record_indicators(session, actor, before, old, new, by)
    release_fallen(session, actor, before, new)
    if after.model_revision > before.model_revision:
        note_model(session, actor, after, edition.effective or before.starts, f"指标库第 {revision} 版")
    return save_change(session, actor, before, after)


def _sound(session: Session, actor: Actor, cycle: Cycle) -> None:
    """A draft that was copied or changed by hand is checked as an imported one was."""
    draft = stored_draft(session, actor, cycle)
    faults = told_of(draft, draft.all_faults)
    none_wrong("library.invalid", faults, zh="指标库有误，不能发布", en="the library has faults")


def _audit(session: Session, actor: Actor, cycle: Cycle, action: str, after: Mapping[str, date | str | None]) -> None:
    subject = f"{actor.bureau}/{cycle.cycle}/{cycle.library_revision + 1}"
    audit(session, action=action, subject=subject, before={}, after=dict(after))


def _record_indicators(
    session: Session, actor: Actor, cycle: Cycle, old: Sequence[Indicator], new: Sequence[Indicator], by: str
) -> None:
    revision = cycle.library_revision + 1
    known = {
        one.indicator: indicator_state(actor.bureau, cycle.cycle, one, cycle.library_revision, by=by) for one in old
    }
    stay = {one.indicator for one in new}
    changed = [(one, True) for one in new] + [(one, False) for one in old if one.indicator not in stay]
    states = (
        indicator_state(actor.bureau, cycle.cycle, one, revision, by=by, active=active) for one, active in changed
    )
    record_all(session, ((state, known.get(state.indicator)) for state in states))
