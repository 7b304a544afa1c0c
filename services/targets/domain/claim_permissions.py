"""Who may claim and hand on; may_claim_for_unit and may_claim_for_person of permissions.py stand behind it."""

from services.targets.domain.claims import Claim, Subject
from services.targets.domain.handovers import Handover
from services.targets.domain.permissions import Holder, may_claim_for_person, may_claim_for_unit, may_manage_cycle
from shared.vocabulary.permissions import noting


def may_claim(actor: Holder, subject: Subject) -> bool:
    """Tell whether the actor may claim: a person's claim is their own or their head's, a unit's its head's."""
    if subject.layer == "person":
        return may_claim_for_person(actor, subject.subject, subject.unit)
    return may_claim_for_unit(actor, subject.unit)


def may_accept_proposals(actor: Holder, scope: str, unit: str | None) -> bool:
    """Tell whether the actor may accept proposals: the office for the whole bureau, a
    head for the unit, everybody for themselves."""
    if scope == "bureau":
        return may_manage_cycle(actor)
    return may_claim_for_unit(actor, unit or "") if scope == "unit" else actor.person is not None


def may_release(actor: Holder, claim: Claim, present: Subject | None) -> bool:
    """Tell whether the actor may release the claim: who may claim may give back; what somebody left who is no longer
    there (``present`` is None) is their unit's head's."""
    if present is None:
        return may_claim_for_unit(actor, claim.unit)
    return may_claim(actor, present)


def may_hand_over(actor: Holder) -> bool:
    """Tell whether the actor may hand over: whoever is one of the staff, of their own claims."""
    return actor.person is not None


def may_answer_handover(actor: Holder, handover: Handover) -> bool:
    return actor.person == handover.taker


def may_decide_handover(actor: Holder, handover: Handover) -> bool:
    """Tell whether the actor may decide on the handover: the head of the giver's unit, the office where it goes to
    another one; never on what one gives or takes oneself."""
    if actor.person in (None, handover.giver, handover.taker):
        return False
    return may_manage_cycle(actor) if handover.crosses else may_claim_for_unit(actor, handover.unit)


def may_withdraw_handover(actor: Holder, handover: Handover) -> bool:
    return actor.person == handover.giver


noting(globals())
