"""What the panel accepted becomes part of the next revision, however that comes about."""

from sqlalchemy.orm import Session

from services.targets.domain.cycles import Cycle
from services.targets.storage.indicator_proposals import IndicatorProposals
from services.targets.usecases.drafts import apply_changes
from services.targets.usecases.guards import written
from services.targets.usecases.scheduling import scheduled_library
from shared.actor import Actor


def take_up(session: Session, actor: Actor, cycle: Cycle, *, source: str | None = None) -> int:
    """Puts what is accepted and not yet taken into the draft; ``source``: the year that was asked, this one by default."""
    stored = IndicatorProposals(session, actor.bureau)
    accepted = stored.of_cycle(source or cycle.cycle, status="accepted")
    if not accepted or not cycle.takes_changes or scheduled_library(session, actor, cycle):
        return 0
    apply_changes(session, actor, cycle, [one.draft_change for one in accepted])
    revision = cycle.library_revision + 1
    written(whole=stored.save([one.applied(revision) for one in accepted]))
    return len(accepted)


def take_back(session: Session, actor: Actor, cycle: Cycle) -> None:
    """A newly imported sheet has replaced the draft: what it had taken in is put in again when it is published."""
    stored = IndicatorProposals(session, actor.bureau)
    lost = stored.of_cycle(cycle.cycle, status="applied", library_revision=cycle.library_revision + 1)
    written(whole=stored.save([one.to_be_applied() for one in lost]))
