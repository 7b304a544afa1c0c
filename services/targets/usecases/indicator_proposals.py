"""Proposals to change indicators: collected, decided by the panel, taken into the draft of the next revision."""

from collections.abc import Sequence
from datetime import date

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicator_proposals import IndicatorProposal
from services.targets.domain.refusals import ARCHIVED
from services.targets.storage.cycles import Cycles
from services.targets.storage.indicator_proposals import IndicatorProposals
from services.targets.storage.library import Libraries
from services.targets.storage.persons import Persons
from services.targets.usecases.drafts import check_changes
from services.targets.usecases.guards import known_cycle, need, none_in_the_way, none_wrong, published_library, written
from services.targets.usecases.taking_up import take_up
from shared.actor import Actor
from shared.batches import check_no_repetition
from shared.clock import now
from shared.contracts.targets.commands.indicator_proposals import (
    IndicatorProposalQuery,
    ProposalDecisions,
    ProposalKey,
    ProposedChange,
)
from shared.database import Row, Session
from shared.errors import Conflict, NotFound
from shared.ids import new_id
from shared.recording import audit
from shared.vocabulary.library import PROPOSAL_STATES


def propose_indicator_change(session: Session, actor: Actor, command: ProposedChange) -> Row:
    """Propose a change of an indicator, open to anyone; the proposed cells are checked as the sheet's would be, so that
    the panel decides on something possible."""
    need(permissions.may_propose(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True, shared=True)
    none_in_the_way(None if cycle.takes_proposals else ARCHIVED)
    _exists(session, actor, cycle, command["indicator"], wanted=command["action"] != "add")
    proposal = IndicatorProposal(new_id(), **command, by=actor.account, at=now(), person=actor.person)
    check_changes(session, actor, cycle, [proposal.edit])
    _save(session, actor, "indicator_proposal.made", [(proposal, {})])
    (document,) = _documents(session, actor, [proposal])
    return document


def list_indicator_proposals(session: Session, actor: Actor, query: IndicatorProposalQuery) -> Row:
    need(permissions.may_propose(actor))
    found, following = IndicatorProposals(session, actor.bureau).page(query)
    return {"items": _documents(session, actor, found), "next": following}


def withdraw_indicator_proposal(session: Session, actor: Actor, command: ProposalKey) -> Row:
    """Withdraw a proposal, by whoever made it, while it is open."""
    need(permissions.may_propose(actor))
    (before,) = _open(session, actor, [command["proposal"]])
    need(before.by == actor.account)
    after = before.withdrawn()
    _save(session, actor, "indicator_proposal.withdrawn", [(after, {"status": before.status})])
    (document,) = _documents(session, actor, [after])
    return document


def decide_indicator_proposals(session: Session, actor: Actor, command: ProposalDecisions) -> Row:
    """Take the panel's decisions, all or none. What is accepted goes into the draft at once, where the cycle still
    takes changes and no published library waits for its day; otherwise with the next publication, or into a later
    year's library, whether that was copied before or will be."""
    need(permissions.may_decide_proposals(actor))
    check_no_repetition(command["decisions"], lambda one: one["proposal"])
    decisions = {one["proposal"]: one for one in command["decisions"]}
    cycles = _lock_cycles(session, actor, list(decisions))
    before = _open(session, actor, list(decisions))
    own = [one for one in before if one.person is not None and one.person == actor.person]
    errors = [
        _entry(one, "proposal.own", "不能审定本人提出的建议", "nobody decides on their own proposal") for one in own
    ]
    none_wrong("proposals.invalid", errors, zh="建议不能审定", en="some proposals cannot be decided")
    decided = [
        one.decided(decisions[one.proposal]["decision"], decisions[one.proposal]["reason"], actor.account, now())
        for one in before
    ]
    _save(session, actor, "indicator_proposal.decided", [(one, {"status": "open"}) for one in decided])
    for cycle in cycles:
        take_up(session, actor, cycle)
    known = IndicatorProposals(session, actor.bureau).some(decisions)
    return {"items": _documents(session, actor, [known[code] for code in decisions]), "next": None}


def _lock_cycles(session: Session, actor: Actor, codes: Sequence[str]) -> list[Cycle]:
    """Theirs and those that follow and still change, the earliest first.

    Cycles before proposals, as everywhere: two that lock both never wait for each other.
    """
    found = set(IndicatorProposals(session, actor.bureau).cycles_of(codes))
    every = Cycles(session, actor.bureau).all()
    first = min((one.starts for one in every if one.cycle in found), default=date.max)
    wanted = [one.cycle for one in every if one.cycle in found or (one.starts > first and one.takes_changes)]
    return [known_cycle(session, actor, code, lock=True) for code in wanted]


def _open(session: Session, actor: Actor, codes: Sequence[str]) -> list[IndicatorProposal]:
    known = IndicatorProposals(session, actor.bureau).some(codes)
    missing = [code for code in codes if code not in known]
    if missing:
        raise NotFound("proposal.unknown", zh="没有这一建议", en=f"there is no proposal {missing[0]}")
    if closed := [known[code] for code in codes if known[code].status != "open"]:
        errors = [
            _entry(one, "proposal.decided", f"建议{PROPOSAL_STATES[one.status]}", f"it is {one.status} already")
            for one in closed
        ]
        raise Conflict("proposal.decided", zh="建议已有结论", en="a proposal is no longer open", errors=errors)
    return [known[code] for code in codes]


def _exists(session: Session, actor: Actor, cycle: Cycle, code: str, *, wanted: bool) -> None:
    revision = published_library(cycle)
    known = Libraries(session, actor.bureau, cycle.cycle).indicator(revision, code) is not None
    if wanted and not known:
        raise NotFound("indicator.unknown", zh=f"没有指标 {code}", en=f"there is no indicator {code}")
    if known and not wanted:
        raise Conflict("indicator.exists", zh=f"已有指标 {code}", en=f"there is an indicator {code} already")


def _entry(one: IndicatorProposal, code: str, zh: str, en: str) -> dict[str, str]:
    return {"field": one.proposal, "code": code, "zh": zh, "en": en}


def _save(
    session: Session, actor: Actor, action: str, changed: Sequence[tuple[IndicatorProposal, dict[str, str]]]
) -> None:
    written(whole=IndicatorProposals(session, actor.bureau).save([one for one, _ in changed]))
    for one, before in changed:
        audit(session, action=action, subject=f"{actor.bureau}/{one.proposal}", before=before, after=vars(one))


def _documents(session: Session, actor: Actor, proposals: Sequence[IndicatorProposal]) -> list[Row]:
    """With what the indicators are called, or would be, and who proposed it."""
    cycles = {one.cycle for one in proposals}
    indicators = {cycle: Libraries(session, actor.bureau, cycle).last_names() for cycle in cycles}
    persons = Persons(session, actor.bureau).some({one.person for one in proposals if one.person})
    return [
        {
            **vars(one),
            "changes": dict(one.changes),
            "indicator_name": indicators[one.cycle].get(one.indicator) or one.changes.get("name"),
            "person_name": persons[one.person].name if one.person in persons else None,
        }
        for one in proposals
    ]
