"""What a new library means for the claims made under the one before: told beforehand, carried out when it comes into force."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypedDict

from services.targets.domain.claims import Claim
from services.targets.domain.cycles import Cycle
from services.targets.domain.indicators import Indicator
from services.targets.domain.library_difference import EFFECTS, RELEASING, difference, effect_on
from services.targets.storage.claims import Claims
from services.targets.storage.held_claims import held_on, sums_on
from services.targets.storage.library import Libraries
from services.targets.usecases.guards import written
from services.targets.usecases.states import claim_state
from services.targets.usecases.subjects import all_subjects
from shared.actor import Actor
from shared.clock import today
from shared.database import Row, Session
from shared.recording import record_all
from shared.vocabulary.library import CLAIM_EFFECTS

_MATTERS = ("layers", "line", "rule", "target", "per_person_cap", "category", "measure_unit")


@dataclass(frozen=True)
class Effect:
    claim: Claim
    effect: str


class EffectDocument(TypedDict):
    indicator: str
    effect: str
    zh: str
    en: str
    claims: int
    quantity: Decimal
    subjects: list[str]


def effects(session: Session, actor: Actor, cycle: Cycle, new: Sequence[Indicator]) -> list[Effect]:
    """Return the effects on the claims now held under the library in force."""
    old = Libraries(session, actor.bureau, cycle.cycle).indicators(cycle.library_revision)
    found = difference(old, new)
    touched = [one.indicator for one in found.removed]
    touched += [one.indicator for one in found.changed if any(name in one.fields for name in _MATTERS)]
    claims = held_on(session, actor.bureau, cycle.cycle, touched)
    lines = {
        one.subject: one.line for one in all_subjects(session, actor.bureau, cycle.reference_day(today())).values()
    }
    now = {one.indicator: one for one in new}
    told = ((claim, effect_on(claim, now.get(claim.indicator), lines.get(claim.subject))) for claim in claims)
    return [Effect(claim, effect) for claim, effect in told if effect]


def release_fallen(session: Session, actor: Actor, cycle: Cycle, new: Sequence[Indicator]) -> int:
    """Release what can no longer be claimed, and take the quantity from what has none any more."""
    changed = [(one.claim, _after(one, actor)) for one in effects(session, actor, cycle, new)]
    changed = [(before, after) for before, after in changed if after != before]
    written(whole=Claims(session, actor.bureau, cycle.cycle).save([after for _, after in changed]))
    record_all(
        session,
        (
            (claim_state(actor.bureau, cycle.cycle, after), claim_state(actor.bureau, cycle.cycle, before))
            for before, after in changed
        ),
    )
    return len(changed)


def effects_document(session: Session, actor: Actor, cycle: Cycle, new: Sequence[Indicator]) -> list[EffectDocument]:
    """Return per indicator and kind of effect: how many claims, of what quantity, of whom."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for one in effects(session, actor, cycle, new):
        groups.setdefault((one.claim.indicator, one.effect), []).append(one.claim)
    return [
        {
            "indicator": indicator,
            "effect": effect,
            "zh": CLAIM_EFFECTS[effect],
            "en": EFFECTS[effect],
            "claims": len(claims),
            "quantity": sum((one.target or Decimal(0) for one in claims), Decimal(0)),
            "subjects": [one.subject for one in claims][:50],
        }
        for (indicator, effect), claims in sorted(groups.items())
    ]


def retargeted(session: Session, actor: Actor, cycle: Cycle, new: Sequence[Indicator]) -> list[Row]:
    """Return the items whose target changes: what units were allocated and persons hold
    already, against the old and the new one."""
    old = Libraries(session, actor.bureau, cycle.cycle).indicators(cycle.library_revision)
    found = {one.indicator: one.fields["target"] for one in difference(old, new).changed if "target" in one.fields}
    sums = sums_on(session, actor.bureau, cycle.cycle, list(found))
    return [
        {"indicator": code, "before": before, "after": after, **sums.get(code, _NOTHING)}
        for code, (before, after) in sorted(found.items())
    ]


_NOTHING = {"allocated": Decimal(0), "claimed_by_units": Decimal(0), "claimed_by_persons": Decimal(0)}


def _after(one: Effect, actor: Actor) -> Claim:
    following = replace(one.claim, revision=one.claim.revision + 1, by=actor.account)
    if one.effect in RELEASING:
        return replace(following, status="released")
    return replace(following, target=None, days=None) if one.effect == "quantity_dropped" else one.claim
