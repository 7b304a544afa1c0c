"""Claiming: units from their allocations, persons from what is left of their unit's.

Whoever claims from an allocation holds its row until the commit, so of two who want the last of it one gets it and the
other is told that it is gone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from services.targets.domain import permissions
from services.targets.domain.claims import Claim, Refusal, Subject, refuse_amount, refuse_item, refuse_target
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.storage.allocations import Allocations, Pool
from services.targets.storage.balances import page_of_balances
from services.targets.storage.claims import ClaimKey, Claims
from services.targets.storage.library import Libraries
from services.targets.usecases.guards import known_cycle, need, none_wrong, open_cycle, published_library, written
from services.targets.usecases.states import claim_state
from services.targets.usecases.subjects import some_subjects
from shared.actor import Actor
from shared.clock import today
from shared.errors import Conflict
from shared.recording import record_all

Entry = dict[str, Any]


def claim_indicators(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """Up to 500 claims, one's own or those one may make for others; all or none."""
    cycle = open_cycle(session, actor, command["cycle"])
    entries: list[Entry] = [_named(actor, entry) for entry in command["claims"]]
    subjects = _subjects(session, actor, cycle, entries)
    indicators = _indicators(session, actor, cycle)
    _none_refused(entries, [_refuse_entry(entry, indicators, subjects) for entry in entries])
    claims = [_claim(entry, subjects[entry["subject"]], actor) for entry in entries]
    held = _take(session, actor, cycle, indicators, claims)
    return {"items": [claim_document(one) for one in save_claims(session, actor, cycle, claims, held)]}


def release_claims(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """What is released is free for others to claim."""
    cycle = open_cycle(session, actor, command["cycle"])
    entries: list[Entry] = [_named(actor, entry) for entry in command["claims"]]
    _subjects(session, actor, cycle, entries)
    keys = [(entry["indicator"], entry["subject"]) for entry in entries]
    held = Claims(session, actor.bureau, cycle.cycle).some(keys)
    none_held = Refusal("claim.none", "没有这一认领", "there is no such claim")
    _none_refused(entries, [None if _is_held(held.get(key)) else none_held for key in keys])
    released = [replace(held[key], status="released", by=actor.account) for key in dict.fromkeys(keys)]
    return {"items": [claim_document(one) for one in save_claims(session, actor, cycle, released, held)]}


def list_claims(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    cycle = known_cycle(session, actor, query["cycle"])
    where = {name: query[name] for name in ("subject", "indicator", "unit", "layer", "status") if query[name]}
    return Claims(session, actor.bureau, cycle.cycle).page(query["after"], query["limit"], **where)


def get_balance(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    """Claimed against target, per indicator that has a quantity to share; of one unit, or of the whole bureau."""
    cycle = known_cycle(session, actor, query["cycle"])
    key = {"bureau": actor.bureau, "cycle": cycle.cycle}
    revision = published_library(cycle)
    return page_of_balances(session, key, revision, query["unit"], query["after"], query["limit"])


def save_claims(
    session: Session, actor: Actor, cycle: Cycle, claims: Sequence[Claim], held: Mapping[ClaimKey, Claim]
) -> list[Claim]:
    """Stores and records the claims that differ from those ``held``; returns all as they now stand."""
    standing = [_next(one, held.get((one.indicator, one.subject))) for one in claims]
    changed = [one for one in standing if one != held.get((one.indicator, one.subject))]
    written(whole=Claims(session, actor.bureau, cycle.cycle).save(changed))
    record_all(session, [_change(actor, cycle, one, held.get((one.indicator, one.subject))) for one in changed])
    return standing


def claim_document(claim: Claim) -> dict[str, Any]:
    return {name: value for name, value in vars(claim).items() if name != "by"}


def _change(actor: Actor, cycle: Cycle, claim: Claim, before: Claim | None) -> tuple[Any, Any]:
    previous = claim_state(actor.bureau, cycle.cycle, before) if before else None
    return claim_state(actor.bureau, cycle.cycle, claim), previous


def _next(claim: Claim, before: Claim | None) -> Claim:
    if before is None:
        return claim
    if replace(claim, revision=before.revision, by=before.by) == before:
        return before
    return replace(claim, revision=before.revision + 1)


def _is_held(claim: Claim | None) -> bool:
    return claim is not None and claim.status == "claimed"


def _named(actor: Actor, entry: Entry) -> Entry:
    """Who names no subject claims for themselves."""
    return {**entry, "subject": entry["subject"] or actor.person or ""}


def _subjects(session: Session, actor: Actor, cycle: Cycle, entries: Sequence[Entry]) -> dict[str, Subject]:
    """The subjects of the entries, for all of whom the actor may claim."""
    day = cycle.reference_day(today())
    subjects = some_subjects(session, actor.bureau, {entry["subject"] for entry in entries}, day)
    unknown = Refusal("subject.unknown", "没有该考核对象", "there is no such scored unit or person")
    _none_refused(entries, [None if entry["subject"] in subjects else unknown for entry in entries])
    for one in subjects.values():
        need(
            permissions.may_claim_for_person(actor, one.subject, one.unit)
            if one.layer == "person"
            else permissions.may_claim_for_unit(actor, one.unit)
        )
    return subjects


def _indicators(session: Session, actor: Actor, cycle: Cycle) -> dict[str, Indicator]:
    library = Libraries(session, actor.bureau, cycle.cycle).indicators(published_library(cycle))
    return {one.indicator: one for one in library}


def _refuse_entry(entry: Entry, indicators: Mapping[str, Indicator], subjects: Mapping[str, Subject]) -> Refusal | None:
    indicator = indicators.get(entry["indicator"])
    if indicator is None:
        return Refusal("indicator.unknown", f"没有指标 {entry['indicator']}", "there is no such indicator")
    return refuse_item(indicator, subjects[entry["subject"]]) or refuse_target(indicator, entry["target"])


def _claim(entry: Entry, subject: Subject, actor: Actor) -> Claim:
    return Claim(entry["indicator"], subject.subject, subject.layer, subject.unit, entry["target"], by=actor.account)


def _take(
    session: Session,
    actor: Actor,
    cycle: Cycle,
    indicators: Mapping[str, Indicator],
    claims: Sequence[Claim],
) -> dict[ClaimKey, Claim]:
    """Refuses what the allocations do not hold; they stay locked until the commit. Returns the claims held so far."""
    stored = Claims(session, actor.bureau, cycle.cycle)
    pools = {(one.indicator, one.unit) for one in claims if one.target is not None}
    allocated = Allocations(session, actor.bureau, cycle.cycle).lock(pools)
    held = stored.some((one.indicator, one.subject) for one in claims)
    taken = _taken_by_others(stored.taken(pools), claims, held)
    refusals = [refuse_claim(indicators[one.indicator], one, allocated, taken) for one in claims]
    _none_refused([{"indicator": one.indicator, "subject": one.subject} for one in claims], refusals)
    return held


def _taken_by_others(
    taken: Mapping[Pool, Decimal], claims: Sequence[Claim], held: Mapping[ClaimKey, Claim]
) -> dict[Pool, Decimal]:
    """Without what the claims of this batch held before."""
    left = dict(taken)
    for one in claims:
        before = held.get((one.indicator, one.subject))
        if before is not None and _is_held(before) and before.layer == "person" and before.target is not None:
            pool = (before.indicator, before.unit)
            left[pool] = left.get(pool, Decimal(0)) - before.target
    return left


def refuse_claim(
    indicator: Indicator, claim: Claim, allocated: Mapping[Pool, tuple[Decimal, int]], taken: dict[Pool, Decimal]
) -> Refusal | None:
    """Counts the claim as taken where it is not refused, for the next of the batch."""
    if claim.target is None:
        return None
    pool = (claim.indicator, claim.unit)
    if pool not in allocated:
        return Refusal("claim.not_allocated", "该指标尚未分解到单位", "nothing of it is allocated to the unit")
    others = taken.get(pool, Decimal(0)) if claim.layer == "person" else Decimal(0)
    refusal = refuse_amount(indicator, claim.layer, claim.target, allocated[pool][0], others)
    if refusal is None and claim.layer == "person":
        taken[pool] = others + claim.target
    return refusal


def _none_refused(entries: Sequence[Entry], refusals: Sequence[Refusal | None]) -> None:
    errors = [
        {
            "row": row,
            "field": f"{entry['indicator']}/{entry['subject']}",
            "code": refusal.code,
            "zh": refusal.zh,
            "en": refusal.en,
        }
        for row, (entry, refusal) in enumerate(zip(entries, refusals, strict=True))
        if refusal is not None
    ]
    if any(refusal.exhausted for refusal in refusals if refusal):
        raise Conflict("claim.exhausted", zh="该指标剩余量不足", en="not enough left of this indicator", errors=errors)
    none_wrong("claims.invalid", errors, zh="认领有误", en="the claims have faults")
