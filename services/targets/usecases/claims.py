"""Claiming: units from their allocations, persons from what is left of their unit's.

Whoever claims from an allocation holds its row until the commit, so of two who want the last of it one gets it and the
other is told that it is gone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypedDict

from services.targets.domain.claim_choices import claim_choices
from services.targets.domain.claim_permissions import may_claim, may_release
from services.targets.domain.claims import (
    Claim,
    Subject,
    refuse_item,
    refuse_release,
    refuse_target,
)
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.refusals import NO_LEAVE
from services.targets.domain.transfers import Movement
from services.targets.storage.claims import ClaimKey, Claims, NamedClaim
from services.targets.storage.claims_records import Movements
from services.targets.storage.library import Libraries
from services.targets.usecases.choices import told_choices
from services.targets.usecases.claims_batch import none_refused
from services.targets.usecases.claims_limits import Limits
from services.targets.usecases.deadlines import in_time, moment_of
from services.targets.usecases.guards import known_cycle, open_cycle, published_library, written
from services.targets.usecases.states import claim_state
from services.targets.usecases.subjects import presence, some_subjects
from shared.actor import Actor
from shared.batches import Batch
from shared.clock import today
from shared.contracts.targets.commands.claims import ClaimIndicators, ClaimQuery, ReleaseClaims
from shared.database import Row, Session
from shared.events import ClaimChanged
from shared.recording import record_all
from shared.vocabulary.refusals import Refusal

_NAMED = ("indicator", "subject")  # of what is left out


class Key(TypedDict):
    """Of the subject that was named, or of who asks."""

    indicator: str
    subject: str


class Wanted(Key):
    target: Decimal | None


class Given(Key):
    quantity: Decimal | None  # a part of the claim; None: all of it


def claim_indicators(session: Session, actor: Actor, command: ClaimIndicators) -> Row:
    """Make up to 500 claims, one's own or those one may make for others; all or none, or each by itself."""
    cycle = open_cycle(session, actor, command["cycle"])
    in_time(session, actor, cycle, "person")
    wanted = [
        Wanted(indicator=one["indicator"], subject=_of(actor, one["subject"]), target=one["target"])
        for one in command["claims"]
    ]
    batch = Batch(wanted, command["mode"], _key)
    subjects = _subjects(session, actor, cycle, [one["subject"] for one in batch.entries])
    batch.keep([_refuse_subject(actor, subjects.get(one["subject"])) for one in batch.entries], none_refused)
    indicators = _indicators(session, actor, cycle)
    batch.keep([_refuse_entry(one, indicators, subjects) for one in batch.entries], none_refused)
    there = presence(session, actor.bureau, cycle, subjects)
    claims = [there.stated(_claim(one, subjects[one["subject"]], actor)) for one in batch.entries]
    limits = Limits(session, actor.bureau, cycle.cycle, claims)
    refusals = limits.refuse(indicators, claims, each=batch.each)
    batch.keep(refusals, none_refused)
    kept = [one for one, refusal in zip(claims, refusals, strict=True) if refusal is None]
    standing = save_claims(session, actor, cycle, kept, limits.held)
    return {"items": [claim_document(one) for one in standing], "refused": batch.refused(*_NAMED)}


def release_claims(session: Session, actor: Actor, command: ReleaseClaims) -> Row:
    """Release claims: what is released, a ``quantity`` or all of a claim, is free for others to claim."""
    cycle = open_cycle(session, actor, command["cycle"])
    in_time(session, actor, cycle, "person")
    given = [
        Given(indicator=one["indicator"], subject=_of(actor, one["subject"]), quantity=one["quantity"])
        for one in command["claims"]
    ]
    batch = Batch(given, command["mode"], _key)
    held = Claims(session, actor.bureau, cycle.cycle).some(_key(one) for one in batch.entries)
    subjects = _subjects(session, actor, cycle, [one["subject"] for one in batch.entries])
    batch.keep(
        [_refuse_giver(actor, held.get(_key(one)), subjects.get(one["subject"])) for one in batch.entries], none_refused
    )
    indicators = _indicators(session, actor, cycle)
    batch.keep(
        [
            refuse_release(indicators.get(one["indicator"]), held.get(_key(one)), one["quantity"])
            for one in batch.entries
        ],
        none_refused,
    )
    there = presence(session, actor.bureau, cycle, [one["subject"] for one in batch.entries])
    released = [there.without(held[_key(one)], one["quantity"], actor.account) for one in batch.entries]
    gone = [
        Movement("return", *_key(one), held[_key(one)].unit, one["quantity"] or held[_key(one)].target, "")
        for one in batch.entries
    ]
    Movements(session, actor.bureau, cycle.cycle).add(gone, actor.account)
    standing = save_claims(session, actor, cycle, released, held)
    return {"items": [claim_document(one) for one in standing], "refused": batch.refused(*_NAMED)}


def list_claims(session: Session, actor: Actor, query: ClaimQuery) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    page = Claims(session, actor.bureau, cycle.cycle).page(query, cycle.library_revision)
    present = _subjects(session, actor, cycle, [one.claim.subject for one in page.items])
    library = Libraries(session, actor.bureau, cycle.cycle).indicators(cycle.library_revision)
    indicators, moment = {one.indicator: one for one in library}, moment_of(session, actor, cycle)

    def listed(one: NamedClaim) -> Row:
        item, holder = indicators.get(one.claim.indicator), present.get(one.claim.subject)
        choices = claim_choices(actor, one.claim, holder, item, moment)
        return {**claim_document(one.claim), **one.names, **told_choices(choices)}

    return page.told(listed)


def save_claims(
    session: Session, actor: Actor, cycle: Cycle, claims: Sequence[Claim], held: Mapping[ClaimKey, Claim]
) -> list[Claim]:
    """Store and record the claims that differ from those ``held``; returns all as they now stand."""
    standing = [_next(one, held.get((one.indicator, one.subject))) for one in claims]
    changed = [one for one in standing if one != held.get((one.indicator, one.subject))]
    written(whole=Claims(session, actor.bureau, cycle.cycle).save(changed))
    record_all(session, [_change(actor, cycle, one, held.get((one.indicator, one.subject))) for one in changed])
    return standing


def claim_document(claim: Claim) -> Row:
    return {name: value for name, value in vars(claim).items() if name != "by"}


def _change(actor: Actor, cycle: Cycle, claim: Claim, before: Claim | None) -> tuple[ClaimChanged, ClaimChanged | None]:
    previous = claim_state(actor.bureau, cycle.cycle, before) if before else None
    return claim_state(actor.bureau, cycle.cycle, claim), previous


def _next(claim: Claim, before: Claim | None) -> Claim:
    if before is None:
        return claim
    if replace(claim, revision=before.revision, by=before.by) == before:
        return before
    return replace(claim, revision=before.revision + 1)


def _of(actor: Actor, subject: str | None) -> str:
    """Who names no subject claims for themselves."""
    return subject or actor.person or ""


def _key(entry: Key) -> ClaimKey:
    return entry["indicator"], entry["subject"]


def _subjects(session: Session, actor: Actor, cycle: Cycle, codes: Sequence[str]) -> dict[str, Subject]:
    return some_subjects(session, actor.bureau, codes, cycle.reference_day(today()))


def _refuse_subject(actor: Actor, subject: Subject | None) -> Refusal | None:
    if subject is None:
        return Refusal(
            "invalid", "subject.unknown", "没有该考核对象", "there is no such scored unit or person", "subject"
        )
    return None if may_claim(actor, subject) else NO_LEAVE


def _refuse_giver(actor: Actor, claim: Claim | None, present: Subject | None) -> Refusal | None:
    """By the claim itself where its holder is no longer there."""
    if claim is None or claim.layer != "person":
        return _refuse_subject(actor, present)
    return None if may_release(actor, claim, present) else NO_LEAVE


def _indicators(session: Session, actor: Actor, cycle: Cycle) -> dict[str, Indicator]:
    library = Libraries(session, actor.bureau, cycle.cycle).indicators(published_library(cycle))
    return {one.indicator: one for one in library}


def _refuse_entry(
    entry: Wanted, indicators: Mapping[str, Indicator], subjects: Mapping[str, Subject]
) -> Refusal | None:
    indicator = indicators.get(entry["indicator"])
    if indicator is None:
        return Refusal(
            "invalid", "indicator.unknown", f"没有指标 {entry['indicator']}", "there is no such indicator", "indicator"
        )
    return refuse_item(indicator, subjects[entry["subject"]]) or refuse_target(indicator, entry["target"])


def _claim(entry: Wanted, subject: Subject, actor: Actor) -> Claim:
    return Claim(entry["indicator"], subject.subject, subject.layer, subject.unit, entry["target"], by=actor.account)
