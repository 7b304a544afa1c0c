"""Who may do what with cases: role x scope x whose case, in one place."""

from typing import Protocol

from services.complaints.domain.cases import ASSOCIATION, Case


class Holder(Protocol):
    """What is asked of an actor: its grants, and whom it stands for."""

    @property
    def account(self) -> str: ...

    @property
    def person(self) -> str | None: ...

    def has(self, role: str, *, unit: str | None = None, line: str | None = None) -> bool: ...


_CENTRE_STEPS = frozenset({"assign", "follow_up", "mark_repeat"})


def may_register(actor: Holder, intake_unit: str, own_unit: str | None) -> bool:
    """Intake anywhere: the centre, or whoever works in the unit that takes the case in."""
    return actor.has("complaints_centre") or actor.has("unit_head", unit=intake_unit) or own_unit == intake_unit


def may_step(actor: Holder, step: str, case: Case) -> bool:
    """The centre does everything on a bureau's case; a head what happens in the unit; a handler the handling itself.

    An association's own case is handled by its own people only: roles are not mixed (消保法 37, 56).
    """
    headed = [unit for unit in (case.unit, case.intake_unit) if unit]
    if any(actor.has("unit_head", unit=unit) for unit in headed):
        return step != "assign" or case.unit is None or actor.has("unit_head", unit=case.unit)
    if case.organisation == ASSOCIATION:
        return case.handler is not None and actor.person == case.handler
    if actor.has("complaints_centre"):
        return True
    return actor.person is not None and actor.person == case.handler and step not in _CENTRE_STEPS | {"extend"}


def may_close_figures(actor: Holder) -> bool:
    return actor.has("complaints_centre")


def may_see_all(actor: Holder) -> bool:
    return any(actor.has(role) for role in ("complaints_centre", "office", "panel", "leader", "auditor", "hr"))


def may_replay(actor: Holder) -> bool:
    """Send all states again, for a taker that lost its copy: an operator's work, done as the system or as admin."""
    return actor.account == "system" or actor.has("admin")
