"""Sharing the bureau's targets out: proposals for everyone, allocations to units."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.targets.domain import permissions
from services.targets.domain.claim_choices import allocation_choices
from services.targets.domain.claims import is_held
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.proposals import FREE, Guidance, Proposal, Shortage, Staff, propose_units
from services.targets.domain.refusals import NO_SUCH_UNIT, NOT_SHARED_OUT, refuse_pieces
from services.targets.domain.units import Unit
from services.targets.solving.sharing_persons import share_units
from services.targets.storage.allocations import Allocations, Pool, Proposals, Share
from services.targets.storage.allocations_lines import LineAllocations
from services.targets.storage.claims import Claims
from services.targets.storage.claims_records import Excesses
from services.targets.storage.library import Libraries
from services.targets.storage.units import Units
from services.targets.usecases.allocations_lines import refuse_overdrawn, shared_out
from services.targets.usecases.choices import told_choices
from services.targets.usecases.deadlines import moment_of
from services.targets.usecases.guards import changeable, known_cycle, need, none_wrong, written
from services.targets.usecases.noting import Noting, untold
from services.targets.usecases.sharing import guidance, present_staff, scored_units
from shared.actor import Actor
from shared.batches import told
from shared.contracts.targets.commands.allocations import AllocationQuery, ProposalQuery, SetAllocations, UnitShare
from shared.contracts.targets.commands.keys import OneCycle
from shared.database import Row, Session
from shared.errors import Conflict, Entry
from shared.recording import audit
from shared.vocabulary.refusals import Refusal

Wanted = dict[Pool, Decimal]


def propose_allocations(session: Session, actor: Actor, command: OneCycle, noting: Noting = untold) -> Row:
    """Make new proposals for every unit and person, in place of the earlier ones;
    allocations and claims stay as they are.

    ``noting`` is told of how many units the people have their proposals, and of how many there are.
    """
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    indicators = list(shared_out(session, actor, cycle).values())
    units = scored_units(session, actor)
    staff = present_staff(session, actor, cycle, units)
    guides = guidance(session, actor, cycle, indicators, staff.settings)
    proposals, shortages = _of_units(indicators, units, staff, guides)
    stored = Proposals(session, actor.bureau, cycle.cycle)
    stored.replace_all(proposals)
    tally = {"indicators": len(indicators), "units": len(proposals), "persons": 0}
    held = {(one.indicator, one.unit): one.quantity for one in proposals}
    for number, of_unit in enumerate(share_units(indicators, held, staff, guides), start=1):
        noting(number, len(staff.units))
        stored.add(of_unit.proposals)
        tally["persons"] += len(of_unit.proposals)
        shortages += of_unit.shortages
    audit(session, action="allocations.proposed", subject=f"{actor.bureau}/{cycle.cycle}", before={}, after=tally)
    return {**tally, "shortages": [vars(shortage) for shortage in shortages]}


def set_allocations(session: Session, actor: Actor, command: SetAllocations) -> Row:
    """Set the named allocations, or with ``accept_proposals`` those of all units as proposed; all or none."""
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    indicators = shared_out(session, actor, cycle)
    _need_leave(actor, command, indicators)
    wanted = _wanted(session, actor, cycle, indicators, command)
    held = Allocations(session, actor.bureau, cycle.cycle).lock(wanted)
    _none_below_claims(session, actor, cycle, wanted)
    lines = LineAllocations(session, actor.bureau, cycle.cycle).of({code for code, _ in wanted})
    refuse_overdrawn(session, actor, cycle, indicators, {line: one for line, (one, _) in lines.items()}, wanted)
    changed = {pool: quantity for pool, quantity in wanted.items() if pool not in held or held[pool][0] != quantity}
    revisions = {pool: held[pool][1] + 1 if pool in held else 1 for pool in changed}
    save = ((pool, quantity, revisions[pool]) for pool, quantity in changed.items())
    written(whole=Allocations(session, actor.bureau, cycle.cycle).save(save))
    if command["allocations"]:
        _propose_anew(session, actor, cycle, indicators, changed)
    _audit(session, actor, cycle, changed, held)
    return {"changed": len(changed), "unchanged": len(wanted) - len(changed)}


def list_allocations(session: Session, actor: Actor, query: AllocationQuery) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    page = Allocations(session, actor.bureau, cycle.cycle).page(query, cycle.library_revision)
    library = Libraries(session, actor.bureau, cycle.cycle).indicators(cycle.library_revision)
    items, units = {one.indicator: one for one in library}, Units(session, actor.bureau).all()
    moment = moment_of(session, actor, cycle)

    def listed(one: Share) -> Row:
        return {
            **vars(one),
            **told_choices(allocation_choices(actor, items.get(one.indicator), units[one.unit], moment)),
        }

    return page.told(listed)


def list_proposals(session: Session, actor: Actor, query: ProposalQuery) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    return Proposals(session, actor.bureau, cycle.cycle).page(query, cycle.library_revision)


def _need_leave(actor: Actor, command: SetAllocations, indicators: Mapping[str, Indicator]) -> None:
    """The office allocates everything, a leader the items of their line."""
    lines = {
        indicators[one["indicator"]].line for one in command["allocations"] or () if one["indicator"] in indicators
    }
    need(bool(lines) or permissions.may_manage_cycle(actor))
    need(all(permissions.may_allocate_line(actor, line) for line in lines or {""}))


def _of_units(
    indicators: Sequence[Indicator], units: Sequence[Unit], staff: Staff, guides: Mapping[str, Guidance]
) -> tuple[list[Proposal], list[Shortage]]:
    proposals: list[Proposal] = []
    shortages: list[Shortage] = []
    for indicator in indicators:
        found, shortage = propose_units(indicator, units, staff, guides.get(indicator.indicator, FREE))
        proposals += found
        shortages += [shortage] if shortage else []
    return proposals, shortages


def _wanted(
    session: Session, actor: Actor, cycle: Cycle, indicators: Mapping[str, Indicator], command: SetAllocations
) -> Wanted:
    if command["accept_proposals"]:
        proposals = Proposals(session, actor.bureau, cycle.cycle).of_units()
        if not proposals:
            raise Conflict(
                "proposals.none", zh="尚未生成分解建议", en="there are no proposals yet: generate them first"
            )
        return {(one.indicator, one.unit): one.quantity for one in proposals if one.indicator in indicators}
    units = {unit.unit for unit in scored_units(session, actor)}
    wanted: Wanted = {}
    errors: list[Entry] = []
    for row, entry in enumerate(command["allocations"] or ()):
        pool = (entry["indicator"], entry["unit"])
        refusal = _refuse_share(entry, indicators, unit_known=pool[1] in units, again=pool in wanted)
        errors += [told(row, refusal)] if refusal else []
        wanted[pool] = entry["quantity"]
    none_wrong("allocations.invalid", errors, zh="分解有误", en="the allocations have faults")
    return wanted


def _refuse_share(
    entry: UnitShare, indicators: Mapping[str, Indicator], *, unit_known: bool, again: bool
) -> Refusal | None:
    indicator = indicators.get(entry["indicator"])
    if indicator is None:
        return NOT_SHARED_OUT
    if not unit_known:
        return NO_SUCH_UNIT
    if again:
        return Refusal("invalid", "allocation.duplicate", "同一指标和单位重复", "the pair is given twice", "unit")
    return refuse_pieces(indicator, entry["quantity"], "allocation.quantum")


def _none_below_claims(session: Session, actor: Actor, cycle: Cycle, wanted: Wanted) -> None:
    """Neither below what the unit's people have claimed, less what its head let them exceed, nor below its own claim."""
    stored = Claims(session, actor.bureau, cycle.cycle)
    beyond = Excesses(session, actor.bureau, cycle.cycle).of(wanted)
    of_persons = {pool: claimed - beyond.get(pool, Decimal(0)) for pool, claimed in stored.taken(wanted).items()}
    own = {pool: one.target or Decimal(0) for pool, one in stored.some(wanted).items() if is_held(one)}
    errors = [
        {
            "field": "/".join(pool),
            "code": "allocation.below_claims",
            "zh": f"{who}已认领 {claimed}，不能低于此数",
            "en": f"{claimed} of it are claimed",
        }
        for who, claims in (("个人", of_persons), ("单位", own))
        for pool, claimed in claims.items()
        if wanted[pool] < claimed
    ]
    if errors:
        zh, en = "分解数量低于已认领数量", "an allocation would fall below what is claimed of it"
        raise Conflict("allocation.below_claims", zh=zh, en=en, errors=errors[:500])


def _propose_anew(
    session: Session, actor: Actor, cycle: Cycle, indicators: Mapping[str, Indicator], changed: Wanted
) -> None:
    """Persons' proposals follow what their unit was really given."""
    units = {unit for _, unit in changed}
    touched = [indicators[code] for code in sorted({code for code, _ in changed})]
    staff = present_staff(session, actor, cycle, [one for one in scored_units(session, actor) if one.unit in units])
    guides = guidance(session, actor, cycle, touched, staff.settings)
    proposals = [one for shares in share_units(touched, changed, staff, guides) for one in shares.proposals]
    Proposals(session, actor.bureau, cycle.cycle).replace_persons(changed, proposals)


def _audit(
    session: Session, actor: Actor, cycle: Cycle, changed: Wanted, held: Mapping[Pool, tuple[Decimal, int]]
) -> None:
    for pool, quantity in changed.items():
        subject = "/".join((actor.bureau, cycle.cycle, *pool))
        before = {"quantity": held[pool][0]} if pool in held else {}
        audit(session, action="allocation.set", subject=subject, before=before, after={"quantity": quantity})
