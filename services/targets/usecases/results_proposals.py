"""Proposals that scoring's results give rise to: collected beside everybody's own, once each."""

from collections.abc import Sequence

from services.targets.domain.indicator_proposals import IndicatorProposal
from services.targets.domain.refusals import ARCHIVED
from services.targets.storage.indicator_proposals import IndicatorProposals
from services.targets.usecases.drafts import check_changes
from services.targets.usecases.guards import in_words, known_cycle, none_in_the_way
from shared.actor import Actor, system
from shared.clock import now
from shared.database import Session
from shared.errors import Conflict, Invalid, Problem
from shared.events import IndicatorProposed
from shared.recording import audit


def take_proposals(session: Session, states: Sequence[IndicatorProposed]) -> None:
    """Take proposals in: one is made once and then decided here: one that is known already is left as it is."""
    for bureau in sorted({one.bureau for one in states}):
        own = {one.proposal: one for one in states if one.bureau == bureau}
        known = IndicatorProposals(session, bureau).some(own)
        made = [_made(session, system(bureau), one) for code, one in sorted(own.items()) if code not in known]
        IndicatorProposals(session, bureau).save(made)
        for one in made:
            audit(
                session,
                action="indicator_proposal.made",
                subject=f"{bureau}/{one.proposal}",
                before={},
                after=vars(one),
            )


def _made(session: Session, actor: Actor, state: IndicatorProposed) -> IndicatorProposal:
    """What is not possible is kept, rejected with the reason: whoever proposed it finds out, and nothing is lost."""
    proposal = IndicatorProposal(
        state.proposal,
        cycle=state.cycle,
        indicator=state.indicator,
        action=state.action,
        reason=state.reason,
        changes=state.changes,
        origin="results",
        by=state.account,
        at=state.at,
        person=state.person,
    )
    problem = _problem_with(session, actor, proposal)
    if problem is None:
        return proposal
    return proposal.decided("rejected", f"不可行：{in_words(problem)}"[:2000], "system", now())


def _problem_with(session: Session, actor: Actor, proposal: IndicatorProposal) -> Problem | None:
    cycle = known_cycle(session, actor, proposal.cycle)
    try:
        none_in_the_way(None if cycle.takes_proposals else ARCHIVED)
        check_changes(session, actor, cycle, [proposal.edit])
    except (Invalid, Conflict) as problem:
        return problem
    return None
