"""From the bureau to lines, from lines to units: set by the office, drawn and returned by the units' heads."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.transfers import Movement, Source, drawn_by_source, source_of
from services.targets.domain.units import Unit
from services.targets.storage.allocations_lines import LineAllocations
from services.targets.storage.claims import Claims
from services.targets.storage.claims_records import Excesses
from services.targets.storage.library import Libraries
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
from shared.database import Session
from shared.errors import Conflict
from shared.recording import audit
from shared.vocabulary.organisation import ALL_LINES, LINES
from shared.vocabulary.refusals import Refusal

Entry = dict[str, Any]
_NOTHING = Decimal(0)


def set_line_allocations(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """Set lines' shares of targets; all or none. Together above the target only
    with a reason, below what is drawn never."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    changeable(cycle)
    entries: list[Entry] = command["allocations"]
    indicators = shared_out(session, actor, cycle)
    none_wrong(
        "allocations.invalid",
        [fault for row, one in enumerate(entries) if (fault := _line_fault(row, one, indicators))],
        zh="分解有误",
        en="the allocations have faults",
    )
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
        told = {"quantity": after[source], "reason": command["reason"]}
        old = {"quantity": before[source][0]} if source in before else {}
        subject = "/".join((actor.bureau, cycle.cycle, *source))
        audit(session, action="line_allocation.set", subject=subject, before=old, after=told)
    return {"changed": len(changed), "unchanged": len(entries) - len(changed)}


def draw_allocations(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """Draw allocations: a unit claims from its line's share: of two who want the
    last of it one gets it, the other a 409."""
    cycle = open_cycle(session, actor, command["cycle"])
    in_time(session, actor, cycle, "unit")
    entries: list[Entry] = command["shares"]
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


def return_allocations(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """Give allocations back: a unit gives back what nobody there has claimed; its own claim shrinks with its share."""
    cycle = open_cycle(session, actor, command["cycle"])
    in_time(session, actor, cycle, "unit")
    entries: list[Entry] = command["shares"]
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


def list_line_allocations(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    cycle = known_cycle(session, actor, query["cycle"])
    where = {name: query[name] for name in ("indicator", "line") if query[name]}
    return LineAllocations(session, actor.bureau, cycle.cycle).page(
        query["after"], query["limit"], cycle.library_revision, **where
    )


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


def _line_fault(row: int, entry: Entry, indicators: Mapping[str, Indicator]) -> Entry | None:
    indicator = indicators.get(entry["indicator"])
    if indicator is None:
        zh, en = "没有可分解数量的这一指标", "no such indicator with a quantity to share"
        return {"row": row, "field": "indicator", "code": "indicator.not_shared_out", "zh": zh, "en": en}
    if indicator.line not in (ALL_LINES, entry["line"]):
        zh, en = f"该指标属于{LINES.get(indicator.line, '另一个口')}", f"the item belongs to {indicator.line}"
        return {"row": row, "field": "line", "code": "line.foreign", "zh": zh, "en": en}
    if entry["quantity"] % indicator.quantum:
        zh, en = f"应为 {indicator.quantum} 的整数倍", f"a multiple of {indicator.quantum}"
        return {"row": row, "field": "quantity", "code": "allocation.quantum", "zh": zh, "en": en}
    return None


def _refuse_share(entry: Entry, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]) -> Refusal | None:
    indicator, unit = indicators.get(entry["indicator"]), units.get(entry["unit"])
    if indicator is None:
        return Refusal(
            "invalid", "indicator.not_shared_out", "没有可分解数量的这一指标", "no such item with a quantity to share"
        )
    if unit is None or not unit.layer or not unit.active:
        return Refusal("invalid", "unit.unknown", "没有该考核单位", "there is no such scored unit")
    if entry["quantity"] % indicator.quantum:
        return Refusal(
            "invalid", "allocation.quantum", f"应为 {indicator.quantum} 的整数倍", f"a multiple of {indicator.quantum}"
        )
    if not unit.answers_to(indicator.line):
        return Refusal(
            "invalid", "claim.not_eligible", "该指标不属于本单位所在口", "the item is not of the unit's line"
        )
    return None


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


def _share(book: Book, entry: Entry) -> Entry:
    pool = (entry["indicator"], entry["unit"])
    return {"indicator": pool[0], "unit": pool[1], "quantity": book.allocated[pool]}
