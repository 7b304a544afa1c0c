"""Who hands deciding over, and who ends it."""

from services.declarations.domain.delegations import Delegation
from services.declarations.domain.organisation import Actor
from shared.vocabulary.permissions import noting
from shared.vocabulary.refusals import conflict, forbidden


def check_hands_over(actor: Actor, new: Delegation, *, heads_target: bool) -> None:
    """Check that the actor may hand it over: who holds the role hands it over; for somebody already away the office
    does, a head's role only to be seen by all."""
    if actor.person == new.principal:
        if not _holds(actor, new):
            raise forbidden("delegation.not_held", "您没有这项职责，不能委托", "it is not yours to hand over")
    elif not actor.has("office"):
        raise forbidden(
            "delegation.not_yours", "应由本人或考核办办理委托", "whoever is away, or the office, hands it over"
        )
    elif not heads_target:
        raise conflict(
            "delegation.not_head",
            "考核办只能代办单位负责人的委托，且该人须为该单位负责人",
            "the office does it for heads of units only, and this person does not head that unit",
        )


def check_hands_up(actor: Actor) -> None:
    if not actor.has("office"):
        raise forbidden("hand_up.office_only", "应由考核办决定改由上一级办理", "the office hands it up")


def check_ends(actor: Actor, old: Delegation) -> None:
    if actor.person not in (old.principal, old.delegate) and not actor.has("office"):
        raise forbidden("delegation.not_yours", "应由本人或考核办办理委托", "not yours to end")


def _holds(actor: Actor, new: Delegation) -> bool:
    """Without a target the role is handed over for the whole bureau: only who holds it bureau-wide has it everywhere."""
    where = new.target or "\0"  # the code of no unit and no line
    return actor.has("leader", line=where) if new.role == "leader" else actor.has(new.role, unit=where)


noting(globals())
