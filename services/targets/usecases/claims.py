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
from services.targets.domain.claim_permissions import may_claim
from services.targets.domain.claims import (
    Claim,
    Subject,
    is_held,
    refuse_amount,
    refuse_item,
    refuse_release,
    refuse_target,
)
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.movements import Movement
from services.targets.storage.allocations import Allocations, Pool
from services.targets.storage.claims import ClaimKey, Claims
from services.targets.storage.claims_records import Excesses, Movements
from services.targets.storage.library import Libraries
from services.targets.usecases.deadlines import in_time
from services.targets.usecases.guards import known_cycle, need, none_wrong, open_cycle, published_library, written
from services.targets.usecases.states import claim_state
from services.targets.usecases.subjects import presence, some_subjects
from shared.actor import Actor
from shared.batches import told
from shared.clock import today
from shared.errors import Conflict
from shared.recording import record_all
from shared.vocabulary.refusals import Refusal

Entry = dict[str, Any]


def claim_indicators(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """Up to 500 claims, one's own or those one may make for others; all or none."""
    cycle = open_cycle(session, actor, command["cycle"])
    in_time(session, actor, cycle, "person")
    entries: list[Entry] = [_named(actor, one) for one in command["claims"]]
    subjects = _subjects(session, actor, cycle, entries)
    indicators = _indicators(session, actor, cycle)
    none_refused([_refuse_entry(entry, indicators, subjects) for entry in entries])
    there = presence(session, actor.bureau, cycle, subjects)
    claims = [there.stated(_claim(entry, subjects[entry["subject"]], actor)) for entry in entries]
    held = _take(session, actor, cycle, indicators, claims)
    return {"items": [claim_document(one) for one in save_claims(session, actor, cycle, claims, held)]}


def release_claims(session: Session, actor: Actor, command: dict[str, Any]) -> dict[str, Any]:
    """What is released, a ``quantity`` or all of a claim, is free for others to claim."""
    cycle = open_cycle(session, actor, command["cycle"])
    in_time(session, actor, cycle, "person")
    entries: list[Entry] = [_named(actor, one) for one in command["claims"]]
    keys = [(entry["indicator"], entry["subject"]) for entry in entries]
    held = Claims(session, actor.bureau, cycle.cycle).some(keys)
    _may_release(session, actor, cycle, entries, held)
    indicators = _indicators(session, actor, cycle)
    none_refused(
        [
            refuse_release(indicators.get(key[0]), held.get(key), entry["quantity"])
            for key, entry in zip(keys, entries, strict=True)
        ]
    )
    there = presence(session, actor.bureau, cycle, [subject for _, subject in keys])
    released = [
        there.without(held[key], entry["quantity"], actor.account) for key, entry in zip(keys, entries, strict=True)
    ]
    gone = [
        Movement("return", *key, held[key].unit, entry["quantity"] or held[key].target, "")
        for key, entry in zip(keys, entries, strict=True)
    ]
    Movements(session, actor.bureau, cycle.cycle).add(gone, actor.account)
    return {"items": [claim_document(one) for one in save_claims(session, actor, cycle, released, held)]}


def list_claims(session: Session, actor: Actor, query: dict[str, Any]) -> dict[str, Any]:
    cycle = known_cycle(session, actor, query["cycle"])
    where = {name: query[name] for name in ("subject", "indicator", "unit", "layer", "status") if query[name]}
    return Claims(session, actor.bureau, cycle.cycle).page(query["after"], query["limit"], **where)


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


def _named(actor: Actor, entry: Entry) -> Entry:
    """Who names no subject claims for themselves."""
    return {**entry, "subject": entry["subject"] or actor.person or ""}


def _subjects(session: Session, actor: Actor, cycle: Cycle, entries: Sequence[Entry]) -> dict[str, Subject]:
    """The subjects of the entries, for all of whom the actor may claim."""
    day = cycle.reference_day(today())
    subjects = some_subjects(session, actor.bureau, {entry["subject"] for entry in entries}, day)
    unknown = Refusal("invalid", "subject.unknown", "没有该考核对象", "there is no such scored unit or person")
    none_refused([None if entry["subject"] in subjects else unknown for entry in entries])
    for one in subjects.values():
        need(may_claim(actor, one))
    return subjects


def _may_release(
    session: Session, actor: Actor, cycle: Cycle, entries: Sequence[Entry], held: Mapping[ClaimKey, Claim]
) -> None:
    """Whose claims these are, by the claims themselves where their holders are no longer there."""
    gone = {code for (_, code), claim in held.items() if claim.layer == "person"}
    present = some_subjects(session, actor.bureau, gone, cycle.reference_day(today()))
    for (_, code), claim in held.items():
        if code in gone and code not in present:
            need(permissions.may_claim_for_unit(actor, claim.unit))
    left = [entry for entry in entries if entry["subject"] in present or entry["subject"] not in gone]
    _subjects(session, actor, cycle, left)


def _indicators(session: Session, actor: Actor, cycle: Cycle) -> dict[str, Indicator]:
    library = Libraries(session, actor.bureau, cycle.cycle).indicators(published_library(cycle))
    return {one.indicator: one for one in library}


def _refuse_entry(entry: Entry, indicators: Mapping[str, Indicator], subjects: Mapping[str, Subject]) -> Refusal | None:
    indicator = indicators.get(entry["indicator"])
    if indicator is None:
        return Refusal("invalid", "indicator.unknown", f"没有指标 {entry['indicator']}", "there is no such indicator")
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
    beyond = Excesses(session, actor.bureau, cycle.cycle).of(pools)
    none_refused([refuse_claim(indicators[one.indicator], one, allocated, taken, beyond) for one in claims])
    return held


def _taken_by_others(
    taken: Mapping[Pool, Decimal], claims: Sequence[Claim], held: Mapping[ClaimKey, Claim]
) -> dict[Pool, Decimal]:
    """Without what the claims of this batch held before."""
    left = dict(taken)
    for one in claims:
        before = held.get((one.indicator, one.subject))
        if before is not None and is_held(before) and before.layer == "person" and before.target is not None:
            pool = (before.indicator, before.unit)
            left[pool] = left.get(pool, Decimal(0)) - before.target
    return left


def refuse_claim(
    indicator: Indicator,
    claim: Claim,
    allocated: Mapping[Pool, tuple[Decimal, int]],
    taken: dict[Pool, Decimal],
    beyond: Mapping[Pool, Decimal],
) -> Refusal | None:
    """Counts the claim as taken where it is not refused, for the next of the batch. ``beyond``: what heads let persons exceed."""
    if claim.target is None:
        return None
    pool = (claim.indicator, claim.unit)
    if pool not in allocated:
        return Refusal(
            "invalid", "claim.not_allocated", "该指标尚未分解到单位", "nothing of it is allocated to the unit"
        )
    if claim.layer != "person":
        return refuse_amount(indicator, claim.layer, claim.target, allocated[pool][0], Decimal(0))
    others = taken.get(pool, Decimal(0))
    limit = allocated[pool][0] + beyond.get(pool, Decimal(0))
    refusal = refuse_amount(indicator, claim.layer, claim.target, limit, others)
    if refusal is None:
        taken[pool] = others + claim.target
    return refusal


def none_refused(refusals: Sequence[Refusal | None]) -> None:
    """``refusals``: one for each row, None where nothing is wrong with it."""
    refused = [(row, one) for row, one in enumerate(refusals) if one is not None]
    errors = [told(row, one) for row, one in refused]
    if any(one.kind == "conflict" for _, one in refused):
        raise Conflict("claim.exhausted", zh="该指标剩余量不足", en="not enough left of this indicator", errors=errors)
    none_wrong("claims.invalid", errors, zh="认领有误", en="the claims have faults")
