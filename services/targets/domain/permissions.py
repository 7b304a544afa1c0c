"""Who may do what in targets: role × scope, in one place (law 9). What a cycle's status allows is in cycles.py."""

from typing import Protocol

from shared.vocabulary import trail_permissions
from shared.vocabulary.permissions import noting


class Holder(Protocol):
    """Whoever holds roles; shared.actor.Actor is one."""

    @property
    def account(self) -> str: ...

    @property
    def person(self) -> str | None: ...

    def has(self, role: str, *, unit: str | None = None, line: str | None = None) -> bool: ...


def may_manage_bureaus(actor: Holder) -> bool:
    return actor.has("admin")


def may_replay(actor: Holder) -> bool:
    """Tell whether the actor may replay: only the operator makes the service tell everything again."""
    return actor.account == "system" or may_manage_bureaus(actor)


def may_find_codes(actor: Holder) -> bool:
    """Ask which codes there are: the gateway, before an account is tied to one."""
    return actor.account == "system"


def may_manage_organisation(actor: Holder) -> bool:
    return any(actor.has(role) for role in ("office", "hr", "registrar", "admin"))


def may_manage_cycle(actor: Holder) -> bool:
    """Tell whether the actor may manage the cycle: the appraisal office keeps library, model, status, allocations."""
    return actor.has("office")


def may_see_drafts(actor: Holder) -> bool:
    return actor.has("office") or actor.has("panel") or actor.has("leader") or actor.has("auditor")


def may_see_scheduled(actor: Holder) -> bool:
    """Tell whether the actor may see what is scheduled: what the organisation will be is known to those who keep it and
    those who may see what is not in force yet."""
    return may_manage_organisation(actor) or may_see_drafts(actor)


def may_propose(actor: Holder) -> bool:
    """Tell whether the actor may propose: everyone of the bureau may say what is wrong
    with an indicator, and see what others said."""
    roles = ("staff", "unit_head", "assessor", "hr", "panel", "leader", "office", "complaints_centre", "auditor")
    return actor.person is not None or any(actor.has(role) for role in roles)


def may_decide_proposals(actor: Holder) -> bool:
    return actor.has("panel")


def may_claim_for_unit(actor: Holder, unit: str) -> bool:
    return actor.has("office") or actor.has("unit_head", unit=unit)


def may_claim_for_person(actor: Holder, person: str, unit: str) -> bool:
    return actor.person == person or may_claim_for_unit(actor, unit)


def may_judge_weights(actor: Holder) -> bool:
    """Tell whether the actor may judge weights: leaders and the panel answer questionnaires on the weights;
    the office asks, and sees what came of it."""
    return actor.has("leader") or actor.has("panel") or actor.has("office")


def may_allocate_line(actor: Holder, line: str) -> bool:
    """Tell whether the actor may allocate the line: who leads a line shares its targets
    out to units; common work is the office's."""
    return actor.has("office") or actor.has("leader", line=line)


def may_set_bounds(actor: Holder, line: str) -> bool:
    """Tell whether the actor may set bounds: floors and ceilings are the leaders' word; a line's leader gives it for
    the line. The office writes it down for them."""
    return actor.has("office") or actor.has("leader", line=line)


may_read_trail = trail_permissions.may_read_trail
noting(globals())
