"""From the bureau to lines, from lines to units: set by the office, drawn and returned by the units' heads."""

from collections.abc import Mapping
from decimal import Decimal

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.refusals import NO_SUCH_UNIT, NOT_OF_LINE, NOT_SHARED_OUT, refuse_pieces
from services.targets.domain.transfers import Movement, Source, drawn_by_source, source_of
from services.targets.domain.units import Unit
from services.targets.storage.allocations_lines import LineAllocations
from services.targets.storage.claims import Claims
from services.targets.storage.claims_records import Excesses
from services.targets.storage.library import Libraries
from services.targets.storage.lines import Lines
from services.targets.storage.units import Units
from services.targets.usecases.claims_batch import none_refused
from services.targets.usecases.claims_book import Book
from services.targets.usecases.deadlines import in_time
from services.targets.usecases.guards import (
    changeable,
    known_cycle,
    need,
    none_wrong,
    open_cycle,
    published_library,
    written,
)
from shared.actor import Actor
from shared.batches import told
from shared.contracts.targets.commands.allocations import UnitShare
from shared.contracts.targets.commands.allocations_lines import (
    LineAllocationQuery,
    LineShare,
    SetLineAllocations,
    UnitShares,
)
from shared.database import Row, Session
from shared.errors import Conflict
from shared.recording import audit
from shared.vocabulary.organisation import ALL_LINES
from shared.vocabulary.refusals import Refusal

_NOTHING = Decimal(0)


def set_line_allocations(session: Session, actor: Actor, command: SetLineAllocations) -> Row:
    """Set lines' shares of targets; all or none. Together above the target only
    with a reason, below what is drawn never."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    entries = command["allocations"]
    indicators, lines = shared_out(session, actor, cycle), Lines(session, actor.bureau).all()
    refusals = ((row, _refuse_line_share(one, indicators, lines)) for row, one in enumerate(entries))
    faults = [told(row, refusal) for row, refusal in refusals if refusal is not None]
    none_wrong("allocations.invalid", faults, zh="分解有误", en="the allocations have faults")
    stored = LineAllocations(session, actor.bureau, cycle.cycle)
    before = stored.of({one["indicator"] for one in entries}, lock=True)
    after = {source: quantity for source, (quantity, _) in before.items()}
    after |= {(one["indicator"], one["line"]): one["quantity"] for one in entries}
    _none_above_target(after, indicators, command["reason"])
    refuse_overdrawn(session, actor, cycle, indicators, after)
    changed = [source for source, quantity in after.items() if source not in before or before[source][0] != quantity]
    rows = [(source, after[source], before.get(source, (_NOTHING, 0))[1] + 1) for source in changed]
    written(whole=stored.save(rows, actor.account) if rows else True)
    for source in changed:
        new = {"quantity": after[source], "reason": command["reason"]}
        old = {"quantity": before[source][0]} if source in before else {}
        subject = "/".join((actor.bureau, cycle.cycle, *source))
        audit(session, action="line_allocation.set", subject=subject, before=old, after=new)
    return {"changed": len(changed), "unchanged": len(entries) - len(changed)}


def draw_allocations(session: Session, actor: Actor, command: UnitShares) -> Row:
    """Draw allocations: a unit claims from its line's share: of two who want the
    last of it one gets it, the other a 409."""
    cycle = open_cycle(session, actor, command["cycle"])
    in_time(session, actor, cycle, "unit")
    entries = command["shares"]
    for one in entries:
        need(permissions.may_claim_for_unit(actor, one["unit"]))
    indicators, units = shared_out(session, actor, cycle), Units(session, actor.bureau).all()
    none_refused([_refuse_share(one, indicators, units) for one in entries])
    stored = LineAllocations(session, actor.bureau, cycle.cycle)
    codes = {one["indicator"] for one in entries}
    split = stored.of(codes)
    sources = [source_of(indicators[one["indicator"]], units[one["unit"]], split) for one in entries]
    stored.ensure(((source, indicators[source[0]].target or _NOTHING) for source in set(sources)), actor.account)
    book = Book(session, actor, cycle)
    book.open((one["indicator"], one["unit"], None) for one in entries)
    left = _left(stored, codes, indicators, units)
    refusals = []
    for one, source in zip(entries, sources, strict=True):
        refusals.append(_refuse_draw(one["quantity"], left[source]))
        left[source] -= one["quantity"]
        book.change_share(one["indicator"], one["unit"], one["quantity"])
        book.note(Movement("draw", one["indicator"], source[1], one["unit"], one["quantity"], command["reason"]))
    none_refused(refusals)
    book.save()
    return {"items": [_share(book, one) for one in entries]}


def return_allocations(session: Session, actor: Actor, command: UnitShares) -> Row:
    """Give allocations back: a unit gives back what nobody there has claimed; its own claim shrinks with its share."""
    cycle = open_cycle(session, actor, command["cycle"])
    in_time(session, actor, cycle, "unit")
    entries = command["shares"]
    for one in entries:
        need(permissions.may_claim_for_unit(actor, one["unit"]))
    indicators, units = shared_out(session, actor, cycle), Units(session, actor.bureau).all()
    none_refused([_refuse_share(one, indicators, units) for one in entries])
    book = Book(session, actor, cycle)
    book.open((one["indicator"], one["unit"], None) for one in entries)
    pools = [(one["indicator"], one["unit"]) for one in entries]
    taken = Claims(session, actor.bureau, cycle.cycle).taken(pools)
    beyond = Excesses(session, actor.bureau, cycle.cycle).of(pools)
    refusals = []
    for one, pool in zip(entries, pools, strict=True):
        own = max(taken.get(pool, _NOTHING) - beyond.get(pool, _NOTHING), _NOTHING)
        refusals.append(_refuse_draw(one["quantity"], book.allocated.get(pool, _NOTHING) - own))
        if refusals[-1] is None:
            line = indicators[pool[0]].line
            book.change_share(*pool, -one["quantity"])
            book.note(Movement("return", pool[0], pool[1], line, one["quantity"], command["reason"]))
    none_refused(refusals)
    book.save()
    return {"items": [_share(book, one) for one in entries]}


def list_line_allocations(session: Session, actor: Actor, query: LineAllocationQuery) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    return LineAllocations(session, actor.bureau, cycle.cycle).page(query, cycle.library_revision)


def shared_out(session: Session, actor: Actor, cycle: Cycle) -> dict[str, Indicator]:
    library = Libraries(session, actor.bureau, cycle.cycle).indicators(published_library(cycle))
    return {one.indicator: one for one in library if one.is_shared_out}


def refuse_overdrawn(
    session: Session,
    actor: Actor,
    cycle: Cycle,
    indicators: Mapping[str, Indicator],
    lines: Mapping[Source, Decimal],
    wanted: Mapping[tuple[str, str], Decimal] | None = None,
) -> None:
    """Refuse lines that are overdrawn: units may not hold more of a line's share than it is;
    ``wanted``: what allocations are about to become."""
    units = Units(session, actor.bureau).all()
    held = LineAllocations(session, actor.bureau, cycle.cycle).drawn({code for code, _ in lines})
    drawn = drawn_by_source(indicators, units, lines, {**held, **(wanted or {})})
    errors = [
        {
            "field": "/".join(source),
            "code": "line.overdrawn",
            "zh": f"{source[1]} 分得 {lines[source]}，各单位合计 {quantity}",
            "en": f"{source[1]} has {lines[source]}, its units hold {quantity}",
        }
        for source, quantity in drawn.items()
        if source in lines and quantity > lines[source]
    ]
    if errors:
        zh, en = "各单位分解数之和超过本口分得数量", "the units would hold more than their line"
        raise Conflict("line.overdrawn", zh=zh, en=en, errors=errors[:500])


def _none_above_target(
    after: Mapping[Source, Decimal], indicators: Mapping[str, Indicator], reason: str | None
) -> None:
    sums: dict[str, Decimal] = {}
    for (code, _), quantity in after.items():
        sums[code] = sums.get(code, _NOTHING) + quantity
    above = {code: total for code, total in sums.items() if total > (indicators[code].target or _NOTHING)}
    if above and not reason:
        errors = [
            {
                "field": code,
                "code": "lines.above_target",
                "zh": f"各口合计 {total}，目标 {indicators[code].target}",
                "en": f"the lines' shares add up to {total}, the target is {indicators[code].target}",
            }
            for code, total in above.items()
        ]
        zh, en = "各口合计超过目标，须写明理由", "the lines' shares exceed the target: give a reason"
        raise Conflict("lines.above_target", zh=zh, en=en, errors=errors[:500])


def _refuse_line_share(
    entry: LineShare, indicators: Mapping[str, Indicator], lines: Mapping[str, str]
) -> Refusal | None:
    indicator = indicators.get(entry["indicator"])
    if indicator is None:
        return NOT_SHARED_OUT
    if indicator.line not in (ALL_LINES, entry["line"]):
        zh, en = f"该指标属于{lines.get(indicator.line, '另一个口')}", f"the item belongs to {indicator.line}"
        return Refusal("invalid", "line.foreign", zh, en, "line")
    return refuse_pieces(indicator, entry["quantity"], "allocation.quantum")


def _refuse_share(entry: UnitShare, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]) -> Refusal | None:
    indicator, unit = indicators.get(entry["indicator"]), units.get(entry["unit"])
    if indicator is None:
        return NOT_SHARED_OUT
    if unit is None or not unit.layer or not unit.active:
        return NO_SUCH_UNIT
    if refusal := refuse_pieces(indicator, entry["quantity"], "allocation.quantum"):
        return refusal
    return None if unit.answers_to(indicator.line) else NOT_OF_LINE


def _refuse_draw(quantity: Decimal, left: Decimal) -> Refusal | None:
    if quantity <= left:
        return None
    rest = max(left, _NOTHING)
    return Refusal("conflict", "claim.exhausted", f"余量为 {rest}，不足 {quantity}", f"{rest} left, not {quantity}")


def _left(
    stored: LineAllocations, codes: set[str], indicators: Mapping[str, Indicator], units: Mapping[str, Unit]
) -> dict[Source, Decimal]:
    lines = stored.of(codes)
    drawn = drawn_by_source(indicators, units, lines, stored.drawn(codes))
    return {source: quantity - drawn.get(source, _NOTHING) for source, (quantity, _) in lines.items()}


def _share(book: Book, entry: UnitShare) -> UnitShare:
    pool = (entry["indicator"], entry["unit"])
    return UnitShare(indicator=pool[0], unit=pool[1], quantity=book.allocated[pool])
