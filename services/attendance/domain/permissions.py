"""Who may do what in attendance: role x scope, in one place. Each question is answered for an actor's grants."""

from collections.abc import Collection
from typing import Protocol

from shared.vocabulary import trail_permissions
from shared.vocabulary.permissions import noting


class Holder(Protocol):
    """What is asked of an actor: its grants, and whom it stands for."""

    @property
    def account(self) -> str: ...

    @property
    def person(self) -> str | None: ...

    def has(self, role: str, *, unit: str | None = None, line: str | None = None) -> bool: ...

    def targets(self, role: str) -> frozenset[str]: ...


_READERS = ("hr", "office", "panel", "leader", "auditor")


def decides_about(actor: Holder, person: str | None) -> bool:
    """Tell whether the actor is somebody, and somebody else: nobody decides on their own, and what is nobody's decides on nobody."""
    return actor.person is not None and actor.person != person


def headed_units(actor: Holder) -> frozenset[str]:
    """Return the units whose people's days the actor sees as their head."""
    return actor.targets("unit_head")


def may_keep_devices(actor: Holder) -> bool:
    return actor.has("devices")


def may_command_devices(actor: Holder) -> bool:
    """Tell whether the actor may order clocks to do something, and take an order back."""
    return actor.has("devices")


def may_see_devices(actor: Holder) -> bool:
    return actor.has("devices") or actor.has("hr") or actor.has("auditor")


def may_see_rejected(actor: Holder) -> bool:
    """Tell who sees what clocks sent that is no punch: who keeps the clocks, and who reads everything."""
    return may_see_devices(actor) or may_see_all(actor)


def may_enrol(actor: Holder) -> bool:
    return actor.has("devices") or actor.has("hr")


def may_see_enrolments(actor: Holder) -> bool:
    return may_enrol(actor) or may_see_all(actor)


def may_see_punches(actor: Holder, person: str | None, state: str) -> bool:
    """Tell whether the actor may see the punches: one's own that count; all others by
    those who keep the clocks or read everything."""
    mine = person is not None and state == "stored" and (person == actor.person or actor.has("unit_head"))
    return mine or may_see_devices(actor) or may_see_all(actor)


def may_set_shifts(actor: Holder) -> bool:
    return actor.has("hr")


def may_set_shift_of(actor: Holder, person: str) -> bool:
    """Tell whether the actor may say by what the person works ("": everybody); nobody for oneself."""
    return may_set_shifts(actor) and (person == "" or decides_about(actor, person))


def may_call_gatherings(actor: Holder) -> bool:
    return actor.has("hr") or actor.has("office")


def may_close_months(actor: Holder) -> bool:
    return actor.has("hr")


def may_judge_punches(actor: Holder, person: str | None) -> bool:
    """Say whether a punch at a doubtful time counts; nobody of their own. ``person``: whose it is, where that is known."""
    return actor.has("hr") and decides_about(actor, person)


def may_set_rules(actor: Holder) -> bool:
    return actor.has("hr")


def may_propose_downs(actor: Holder) -> bool:
    """Tell whether the actor may say that clocks were out of order."""
    return actor.has("hr") or actor.has("devices")


def may_confirm_downs(actor: Holder, proposed_by: str) -> bool:
    """Confirm that clocks were out of order; never what one said oneself, through whatever account."""
    if actor.person is None or proposed_by in (actor.account, actor.person):
        return False
    return actor.has("hr") or actor.has("leader") or actor.has("office")


def may_request(actor: Holder) -> bool:
    """Tell whether the actor may ask for leave of one's own."""
    return actor.person is not None


def may_approve_long_leave(actor: Holder) -> bool:
    return actor.has("hr")


def may_approve_longest_leave(actor: Holder) -> bool:
    """Tell whether the actor grants what is longer than HR grants: the bureau's leaders."""
    return actor.has("leader")


def may_decide_leave(actor: Holder, person: str, unit: str) -> bool:
    """Tell whether the actor stands somewhere in the chain: a head, HR, a leader; nobody for oneself."""
    return decides_about(actor, person) and (
        actor.has("hr") or actor.has("unit_head", unit=unit) or actor.has("leader")
    )


def may_give_allowances(actor: Holder) -> bool:
    return actor.has("hr")


def may_give_allowance_to(actor: Holder, person: str) -> bool:
    """Tell whether the actor may give the person time off every day; nobody to oneself."""
    return may_give_allowances(actor) and decides_about(actor, person)


def may_set_entitlements(actor: Holder) -> bool:
    return actor.has("hr")


def may_set_entitlement_of(actor: Holder, person: str) -> bool:
    """Tell whether the actor may say how much leave the person has; nobody for oneself."""
    return actor.has("hr") and decides_about(actor, person)


def may_call_duties(actor: Holder) -> bool:
    return actor.has("hr") or actor.has("office")


def may_call_duty_of(actor: Holder, person: str) -> bool:
    """Tell whether the actor may put the person on duty, or take them off it; nobody oneself."""
    return may_call_duties(actor) and decides_about(actor, person)


def may_end_leave(actor: Holder, person: str, unit: str) -> bool:
    """Tell whether the actor may say that somebody is back: the person, the head or HR."""
    return may_correct(actor, person, unit)


def may_see_anomalies(actor: Holder) -> bool:
    return actor.has("hr") or actor.has("auditor")


def may_approve_leave(actor: Holder, person: str, unit: str) -> bool:
    """Tell whether the actor may approve the leave: HR for everyone, a head for
    the unit's people; nobody for oneself."""
    return decides_about(actor, person) and (actor.has("hr") or actor.has("unit_head", unit=unit))


def may_withdraw_leave(actor: Holder, person: str, unit: str, *, undecided: bool) -> bool:
    """Let one's own request be withdrawn that nobody has approved yet; anything else by whoever approves it."""
    own_request = undecided and actor.person is not None and actor.person == person
    return own_request or may_approve_leave(actor, person, unit)


def may_correct(actor: Holder, person: str, unit: str) -> bool:
    """Tell whether the actor may correct: an explanation of a forgotten punch comes from the person, the head or HR."""
    return actor.person is not None and (actor.person == person or actor.has("hr") or actor.has("unit_head", unit=unit))


def may_backdate(actor: Holder) -> bool:
    """Tell whether the actor may say when something reached the office on paper."""
    return actor.has("hr")


def may_sign_month(actor: Holder, standing: str, person: str, unit: str) -> bool:
    """Tell whether the actor may vouch for the person's month as ``standing``: oneself for oneself, HR and the head of the
    ``unit`` whose sheet it is, that of the month's last day, for others."""
    if standing == "person":
        return actor.person is not None and actor.person == person
    role = actor.has("hr") if standing == "hr" else actor.has("unit_head", unit=unit)
    return role and decides_about(actor, person)


def may_see_all(actor: Holder) -> bool:
    return any(actor.has(role) for role in _READERS)


def may_see_person(actor: Holder, person: str, unit: str) -> bool:
    return may_see_all(actor) or actor.person == person or actor.has("unit_head", unit=unit)


def may_see_figures(actor: Holder, subject: str, visible: Collection[str] | None) -> bool:
    """Show a person's to whoever may see them (``visible``; None is everybody), a unit's to its head."""
    return visible is None or subject in visible or subject in headed_units(actor)


def may_replay(actor: Holder) -> bool:
    """Tell whether the actor may send all states again, for a consumer that lost its copy: an
    operator's work, done as the system or as admin."""
    return actor.account == "system" or actor.has("admin")


may_read_trail = trail_permissions.may_read_trail
noting(globals())
