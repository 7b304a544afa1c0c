"""Taking the proposals as they are, so that a year starts in a few calls."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypedDict

from services.targets.domain.claim_permissions import may_accept_proposals
from services.targets.domain.claims import Claim, Subject, is_held, refuse_item
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.proposals import Proposal
from services.targets.storage.allocations import Allocations, Pool, Proposals
from services.targets.storage.claims import Claims
from services.targets.storage.claims_records import Excesses
from services.targets.storage.library import Libraries
from services.targets.usecases.claims import save_claims
from services.targets.usecases.claims_limits import refuse_claim
from services.targets.usecases.deadlines import in_time
from services.targets.usecases.guards import need, open_cycle, published_library
from services.targets.usecases.subjects import all_subjects, presence, some_subjects, subjects_of
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.claims import AcceptProposals
from shared.database import Session
from shared.errors import Conflict
from shared.vocabulary.refusals import Refusal

MOST_TOLD = 500
_GIVEN_BACK = Refusal(
    "invalid", "claim.given_back", "已退回，如需承担请单独认领", "given back: claim it by itself to take it on again"
)


class Skipped(TypedDict):
    indicator: str
    subject: str
    code: str
    zh: str
    en: str


class Accepted(TypedDict):
    """How many were claimed and how many were not; the first hundreds of the latter each with the reason."""

    claimed: int
    skipped: int
    reasons: list[Skipped]


def accept_proposals(session: Session, actor: Actor, command: AcceptProposals) -> Accepted:
    """Claim what is proposed for the actor (scope ``own``), for a unit and its staff, or for the whole ``bureau``.

    With ``natures`` the items of these natures that have no quantity are taken on as well. Who has claimed an item
    already keeps their claim. What the allocations no longer hold is skipped and told.
    """
    return _accept(session, actor, command, none_is_fine=bool(command["natures"]))


def accept_whole_unit(session: Session, actor: Actor, command: AcceptProposals) -> Accepted:
    """Accept the same for one unit of many, of which some have no proposals."""
    return _accept(session, actor, command, none_is_fine=True)


def _accept(session: Session, actor: Actor, command: AcceptProposals, *, none_is_fine: bool) -> Accepted:
    cycle = open_cycle(session, actor, command["cycle"])
    in_time(session, actor, cycle, "person")
    subjects = _subjects(session, actor, cycle, command)
    proposals = _proposals(session, actor, cycle, command, subjects)
    if not proposals and not none_is_fine:
        raise Conflict("proposals.none", zh="没有可接受的认领建议", en="there are no proposals to accept")
    accepted, skipped = _fitting(session, actor, cycle, proposals, subjects)
    accepted += _without_quantity(session, actor, cycle, command, subjects)
    there = presence(session, actor.bureau, cycle, {one.subject for one in accepted})
    save_claims(session, actor, cycle, [there.stated(one) for one in accepted], {})
    return {"claimed": len(accepted), "skipped": len(skipped), "reasons": skipped[:MOST_TOLD]}


def _subjects(session: Session, actor: Actor, cycle: Cycle, command: AcceptProposals) -> dict[str, Subject]:
    """Whom the proposals are for; of a bureau of thousands no more are read than the scope needs."""
    day = cycle.reference_day(today())
    if command["scope"] == "unit":
        return subjects_of(session, actor.bureau, command["unit"] or "", day)
    if command["scope"] == "own":
        return some_subjects(session, actor.bureau, {actor.person or ""}, day)
    return all_subjects(session, actor.bureau, day)


def _proposals(
    session: Session, actor: Actor, cycle: Cycle, command: AcceptProposals, subjects: Mapping[str, Subject]
) -> list[Proposal]:
    stored = Proposals(session, actor.bureau, cycle.cycle)
    need(may_accept_proposals(actor, command["scope"], command["unit"]))
    if command["scope"] == "bureau":
        return stored.some()
    if command["scope"] == "unit":
        return stored.some(unit=command["unit"])
    need(actor.person in subjects)
    return stored.some(subject=actor.person)


def _fitting(
    session: Session, actor: Actor, cycle: Cycle, proposals: Iterable[Proposal], subjects: Mapping[str, Subject]
) -> tuple[list[Claim], list[Skipped]]:
    library = Libraries(session, actor.bureau, cycle.cycle).indicators(published_library(cycle))
    indicators = {one.indicator: one for one in library}
    wanted = [one for one in proposals if _applies(one, indicators, subjects)]
    pools = {(one.indicator, one.unit) for one in wanted}
    whole = len({unit for _, unit in pools}) > 1
    stored = Allocations(session, actor.bureau, cycle.cycle)
    allocated = stored.lock() if whole else stored.lock(pools)
    claims = Claims(session, actor.bureau, cycle.cycle)
    held = (
        claims.of_units({unit for _, unit in pools}) if whole else claims.some((p.indicator, p.subject) for p in wanted)
    )
    beyond = Excesses(session, actor.bureau, cycle.cycle).of(pools)
    return _take(actor, wanted, indicators, allocated, claims.taken(pools), held, beyond)


def _without_quantity(
    session: Session, actor: Actor, cycle: Cycle, command: AcceptProposals, subjects: Mapping[str, Subject]
) -> list[Claim]:
    """Items of the natures asked for that have nothing to share out: whoever is scored on them takes them on."""
    natures = set(command["natures"])
    library = Libraries(session, actor.bureau, cycle.cycle).indicators(published_library(cycle))
    wanted = [one for one in library if one.nature in natures and not one.is_shared_out]
    of_whom = [one for one in subjects.values() if _covers(actor, command, one)] if wanted else []
    held = Claims(session, actor.bureau, cycle.cycle).of_units({one.unit for one in of_whom})
    return [
        Claim(item.indicator, one.subject, one.layer, one.unit, None, by=actor.account)
        for one in of_whom
        for item in wanted
        if refuse_item(item, one) is None and (item.indicator, one.subject) not in held
    ]


def _covers(actor: Actor, command: AcceptProposals, subject: Subject) -> bool:
    if command["scope"] == "own":
        return subject.subject == actor.person
    return bool(command["scope"] == "bureau" or subject.unit == command["unit"])


def _applies(proposal: Proposal, indicators: Mapping[str, Indicator], subjects: Mapping[str, Subject]) -> bool:
    """A unit's share of an item that only persons are scored on is their pool, and nobody's claim."""
    indicator, subject = indicators.get(proposal.indicator), subjects.get(proposal.subject)
    if indicator is None or subject is None or not indicator.is_shared_out or not proposal.quantity:
        return False
    return subject.unit == proposal.unit and refuse_item(indicator, subject) is None


def _take(
    actor: Actor,
    wanted: Iterable[Proposal],
    indicators: Mapping[str, Indicator],
    allocated: Mapping[Pool, tuple[Decimal, int]],
    taken: dict[Pool, Decimal],
    held: Mapping[tuple[str, str], Claim],
    beyond: Mapping[Pool, Decimal],
) -> tuple[list[Claim], list[Skipped]]:
    accepted: list[Claim] = []
    skipped: list[Skipped] = []
    for one in wanted:
        known = held.get((one.indicator, one.subject))
        if known is not None:
            if not is_held(known):  # what somebody gave back is not put upon them again by a list
                skipped.append(_left_out(one, _GIVEN_BACK))
            continue
        claim = Claim(one.indicator, one.subject, one.layer, one.unit, one.quantity, by=actor.account)
        if refusal := refuse_claim(indicators[one.indicator], claim, allocated, taken, beyond):
            skipped.append(_left_out(one, refusal))
        else:
            accepted.append(claim)
    return accepted, skipped


def _left_out(one: Proposal, refusal: Refusal) -> Skipped:
    return {
        "indicator": one.indicator,
        "subject": one.subject,
        "code": refusal.code,
        "zh": refusal.zh,
        "en": refusal.en,
    }
