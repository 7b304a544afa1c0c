"""Taking on a share: a unit from its allocation, a person from what is left of their unit's."""

from dataclasses import dataclass
from decimal import Decimal

from rules import RULES
from services.targets.domain.indicators import Indicator
from services.targets.domain.refusals import refuse_pieces
from shared.vocabulary.refusals import Refusal


@dataclass(frozen=True)
class Subject:
    """Who is scored: a unit or a person, with the unit whose allocation they draw on."""

    subject: str
    layer: str  # division, station, person
    line: str
    unit: str


@dataclass(frozen=True)
class Claim:
    indicator: str
    subject: str
    layer: str
    unit: str  # whose allocation it draws on
    target: Decimal | None
    status: str = "claimed"  # claimed, released
    revision: int = 1
    by: str = ""
    days: int | None = None  # of the cycle that the quantity is meant for; None: all of it


def is_held(claim: Claim | None) -> bool:
    return claim is not None and claim.status == "claimed"


def refuse_item(indicator: Indicator, subject: Subject) -> Refusal | None:
    """Refuse an item that the subject cannot claim: it can be claimed by those whom
    it is scored on; a veto is nobody's to claim."""
    if RULES[indicator.rule].strikes:
        return Refusal("invalid", "claim.veto", "否决项不需认领", "a veto item is not claimed")
    if not indicator.falls_to(subject.layer, subject.line):
        return Refusal(
            "invalid", "claim.not_eligible", "该指标不由此对象承担", "this subject is not scored on the indicator"
        )
    return None


def refuse_target(indicator: Indicator, target: Decimal | None) -> Refusal | None:
    """Refuse a quantity that does not suit the item: a quantity goes with items that have one to share out,
    in whole things where things are counted."""
    if not indicator.is_shared_out:
        return (
            None
            if target is None
            else Refusal("invalid", "claim.no_quantity", "该指标没有可认领的数量", "nothing to share out here")
        )
    if target is None or target <= 0:
        return Refusal("invalid", "claim.quantity_needed", "请填写大于0的认领数量", "a claim needs a quantity above 0")
    return refuse_pieces(indicator, target, "claim.quantum", "target")


def refuse_amount(
    indicator: Indicator, layer: str, target: Decimal, allocated: Decimal, taken: Decimal
) -> Refusal | None:
    """Refuse an amount that the unit does not have; ``taken`` is what others of the unit hold already; a unit's own
    claim is measured against the allocation alone."""
    cap = indicator.per_person_cap
    if layer == "person" and cap is not None and target > cap:
        return Refusal(
            "invalid", "claim.above_cap", f"超过一人可承担的上限 {cap}", f"above the {cap} one person may take on"
        )
    left = allocated - taken
    if target > left:
        return Refusal(
            "conflict",
            "claim.exhausted",
            f"该指标可认领余量为 {max(left, Decimal(0))}，不足 {target}",
            f"{max(left, Decimal(0))} left to claim, not {target}",
        )
    return None


def refuse_release(indicator: Indicator | None, claim: Claim | None, quantity: Decimal | None) -> Refusal | None:
    """Refuse what cannot be released; ``quantity``: the part that is given back; None for all of it."""
    if not is_held(claim) or claim is None:
        return Refusal("invalid", "claim.none", "没有这一认领", "there is no such claim")
    if quantity is None:
        return None
    if claim.target is None or indicator is None:
        return Refusal(
            "invalid", "claim.no_quantity", "该指标没有可退回的数量", "the claim has no quantity to give back a part of"
        )
    if not 0 < quantity <= claim.target:
        return Refusal(
            "invalid", "claim.too_much", f"只认领了 {claim.target}", f"no more than {claim.target} is claimed"
        )
    return refuse_pieces(indicator, quantity, "claim.quantum")
