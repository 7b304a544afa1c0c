"""What was done to the draft of a library, told change by change, and taken back change by change."""

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.draft_changes import DraftChange, refuse_to_take_back
from services.targets.storage.draft_changes import DraftChanges
from services.targets.storage.library import Libraries
from services.targets.usecases.choices import told_choices
from services.targets.usecases.drafts import DraftReport, apply_changes, check_draft_revision, draft_report
from services.targets.usecases.guards import changeable, known_cycle, need
from services.targets.usecases.scheduling import refuse_scheduled
from shared.actor import Actor
from shared.contracts.targets.commands.drafts import DraftChangeKey, DraftChangesQuery
from shared.database import Row, Session
from shared.errors import NotFound
from shared.recording import audit
from shared.vocabulary.refusals import Refusal, Refused


def list_draft_changes(session: Session, actor: Actor, query: DraftChangesQuery) -> Row:
    """List what was done to the drafts, the newest first, with what the reader may take back."""
    need(permissions.may_see_drafts(actor))
    cycle = known_cycle(session, actor, query["cycle"])
    found, following = DraftChanges(session, actor.bureau, cycle.cycle).page(query["after"], query["limit"])
    names = Libraries(session, actor.bureau, cycle.cycle).last_names()
    refusing = _Refusing(session, actor, cycle)
    items = [
        {
            **vars(one),
            "status": one.shown_status(cycle),
            "indicator_name": _name(one) or names.get(one.indicator or ""),
            **told_choices([("take_back", refusing.refuse(one))]),
        }
        for one in found
    ]
    return {"items": items, "next": following}


def take_back_draft_change(session: Session, actor: Actor, command: DraftChangeKey) -> DraftReport:
    """Make the indicator in the draft what it was before one change of it; a removed one is there again."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    check_draft_revision(session, actor, cycle, command["revision"])
    stored = DraftChanges(session, actor.bureau, cycle.cycle)
    change = stored.get(command["change"])
    if change is None:
        raise NotFound("draft_change.unknown", zh="没有这一修改", en="there is no such change")
    if refusal := _Refusing(session, actor, cycle).refuse(change):
        raise Refused(refusal)
    draft = apply_changes(session, actor, cycle, [change.undone])
    stored.taken_back(change.change)
    subject = f"{actor.bureau}/{cycle.cycle}/{change.library_revision}/{change.change}"
    audit(
        session,
        action="library.change_taken_back",
        subject=subject,
        before={"status": change.status},
        after={"status": "taken_back", "indicator": change.indicator},
    )
    return draft_report(session, actor, cycle, draft)


class _Refusing:
    """Asks the rule with what it needs, read once."""

    def __init__(self, session: Session, actor: Actor, cycle: Cycle) -> None:
        self._cycle = cycle
        self._every = DraftChanges(session, actor.bureau, cycle.cycle).of(cycle.library_revision + 1)
        self._manages = permissions.may_manage_cycle(actor)
        self._scheduled = refuse_scheduled(session, actor, cycle)

    def refuse(self, change: DraftChange) -> Refusal | None:
        return refuse_to_take_back(change, self._cycle, self._every, manages=self._manages, scheduled=self._scheduled)


def _name(change: DraftChange) -> str | None:
    return (change.after or change.before or {}).get("name")
