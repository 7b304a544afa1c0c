"""What the panel accepted becomes part of the next revision, however that comes about."""

from collections.abc import Sequence

from services.targets.domain.cycles import Cycle
from services.targets.domain.indicator_proposals import IndicatorProposal
from services.targets.storage.cycles import Cycles
from services.targets.storage.indicator_proposals import IndicatorProposals
from services.targets.storage.library import Libraries
from services.targets.usecases.drafts import apply_changes, check_changes, stored_draft
from services.targets.usecases.guards import written
from services.targets.usecases.scheduling import scheduled_library
from shared.actor import Actor
from shared.database import Session
from shared.errors import Invalid

Proposals = Sequence[IndicatorProposal]


def take_up(session: Session, actor: Actor, cycle: Cycle) -> int:
    """Put what is accepted and not yet taken, of this year or an earlier one, into the draft. Of
    earlier years what this library no longer has room for stays accepted: its indicator is gone, or
    there already, or its cells fit no more."""
    stored = IndicatorProposals(session, actor.bureau)
    accepted = stored.accepted([one.cycle for one in Cycles(session, actor.bureau).all() if one.starts <= cycle.starts])
    if not accepted or not cycle.takes_changes or scheduled_library(session, actor, cycle):
        return 0
    if not cycle.library_revision and Libraries(session, actor.bureau, cycle.cycle).model(1) is None:
        return 0
    taken = _fitting(session, actor, cycle, accepted)
    if taken:
        apply_changes(session, actor, cycle, [one.edit for one in taken])
        revision = cycle.library_revision + 1
        written(whole=stored.save([one.applied(cycle.cycle, revision) for one in taken]))
    return len(taken)


def take_back(session: Session, actor: Actor, cycle: Cycle) -> None:
    """Note that a newly imported sheet has replaced the draft: what it had
    taken in is put in again when it is published."""
    stored = IndicatorProposals(session, actor.bureau)
    lost = stored.taken_by(cycle.cycle, cycle.library_revision + 1)
    written(whole=stored.save([one.to_be_applied() for one in lost]))


def _fitting(session: Session, actor: Actor, cycle: Cycle, accepted: Proposals) -> Proposals:
    own = [one for one in accepted if one.cycle == cycle.cycle]
    earlier = [one for one in accepted if one.cycle != cycle.cycle]
    known = {one.indicator for one in stored_draft(session, actor, cycle).indicators} if earlier else set()
    for one in earlier:
        if (one.indicator in known) == (one.action != "add") and _is_possible(session, actor, cycle, [*own, one]):
            own.append(one)
    return sorted(own, key=lambda one: one.proposal)


def _is_possible(session: Session, actor: Actor, cycle: Cycle, proposals: Proposals) -> bool:
    try:
        check_changes(session, actor, cycle, [one.edit for one in proposals])
    except Invalid:
        return False
    return True
