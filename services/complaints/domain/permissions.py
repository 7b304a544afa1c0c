"""Who may do what with cases: role x scope x whose case, in one place.

A step is allowed to whoever has one of its roles in the case, whatever other roles they have too; then some are barred by name.
"""

from collections.abc import Mapping
from typing import Protocol

from services.complaints.domain.cases import ASSOCIATION, Case
from services.complaints.domain.machines import machine
from shared.vocabulary.complaints import CASE_STEPS, ROLES
from shared.vocabulary.permissions import noting


class Holder(Protocol):
    """What is asked of an actor: its grants, and whom it stands for."""

    @property
    def account(self) -> str: ...

    @property
    def person(self) -> str | None: ...

    def has(self, role: str, *, unit: str | None = None, line: str | None = None) -> bool: ...

    def targets(self, role: str) -> frozenset[str]: ...


class Place(Protocol):
    """Where an actor works."""

    @property
    def code(self) -> str: ...

    @property
    def kind(self) -> str: ...


def headed_units(actor: Holder) -> frozenset[str]:
    """Return the units whose cases and figures the actor sees as their head."""
    return actor.targets("unit_head")


_CENTRE, _HEAD, _INTAKE, _HANDLER = "centre", "head", "intake_head", "handler"
_ENTRUSTED, _OWN_HEAD, _OWN_HANDLER = "entrusted", "own_head", "own_handler"
_HANDLING = frozenset({_CENTRE, _HEAD, _INTAKE, _HANDLER})
_HEADS = frozenset({_CENTRE, _HEAD, _INTAKE})
_OWN = frozenset({_OWN_HEAD, _OWN_HANDLER})

# step -> the roles of a bureau's case that take it
BUREAU_STEPS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CASE_STEPS, _HANDLING),
    **dict.fromkeys(("assign", "mark_repeat", "unmark_repeat", "merge", "unmerge", "supervise"), _HEADS),
    **dict.fromkeys(("extend", "extend_lead", "extend_filed", "allow_late", "entrust", "recall"), _HEADS),
    "follow_up": _HEADS,
    "correct": frozenset({_CENTRE, _HEAD}),
    "annul": frozenset({_CENTRE, _HEAD}),
    "take_up": frozenset({_HEAD, _HANDLER}),
    "send_back": frozenset({_HEAD, _HANDLER}),
    "report_back": frozenset({_ENTRUSTED}),
    "mediate": _HANDLING | {_ENTRUSTED},
    "contact": _HANDLING | {_ENTRUSTED},
}
# step -> the roles of an association's own case
ASSOCIATION_STEPS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CASE_STEPS, _OWN),
    **dict.fromkeys(("assign", "correct", "annul", "allow_late"), frozenset({_OWN_HEAD})),
}
# Never by whoever handles the case, whatever else they are: nobody calls about, prolongs or excuses their own work.
NEVER_THE_HANDLER = frozenset({"follow_up", "extend", "extend_lead", "extend_filed", "allow_late"})
_FROM_OUTSIDE = frozenset({"follow_up", "supervise", "mark_repeat", "unmark_repeat", "merge", "unmerge"})
_WATCHING = ("complaints_centre", "office", "panel", "leader", "auditor", "hr")


def roles_in(actor: Holder, case: Case, place: Place | None) -> frozenset[str]:
    """The roles of ``actor``, who works at ``place``, in ``case``. Nobody of an association has one in a bureau's procedure."""
    mine = actor.person is not None and actor.person == case.handler
    if case.organisation == ASSOCIATION:
        headed = any(actor.has("unit_head", unit=unit) for unit in {case.unit or case.intake_unit, case.intake_unit})
        found = {_OWN_HEAD: headed, _OWN_HANDLER: mine}
    elif (place is not None and place.kind == ASSOCIATION) or _heads(actor, case.entrusted_to):
        entrusted = _heads(actor, case.entrusted_to) or (actor.person is not None and actor.person == case.mediator)
        found = {_ENTRUSTED: case.entrusted_to is not None and entrusted}
    else:
        found = {
            _CENTRE: actor.has("complaints_centre"),
            _HEAD: _heads(actor, case.unit),
            _INTAKE: _heads(actor, case.intake_unit),
            _HANDLER: mine,
        }
    return frozenset(role for role, held in found.items() if held)


def allowed_roles(organisation: str, step: str) -> frozenset[str]:
    return (ASSOCIATION_STEPS if organisation == ASSOCIATION else BUREAU_STEPS)[step]


def may_step(actor: Holder, step: str, case: Case, place: Place | None = None) -> bool:
    """Tell whether ``actor`` has a role in ``case`` that takes ``step``."""
    return why_not_step(actor, step, case, place) is None


def why_not_step(actor: Holder, step: str, case: Case, place: Place | None = None) -> str | None:
    """Return in Chinese why ``actor`` may not take ``step``; None where they may."""
    if step in NEVER_THE_HANDLER and actor.person is None:
        return "须由人员本人的账号办理"
    if step in NEVER_THE_HANDLER and actor.person == case.handler:
        return "承办人本人不得办理此步骤"
    allowed = allowed_roles(case.organisation, step)
    if roles_in(actor, case, place) & _of_a_dispatched(step, case, allowed):
        return None
    return "须由" + "、".join(ROLES[role] for role in ROLES if role in allowed) + "办理"


def may_register(actor: Holder, intake_unit: str, place: Place | None) -> bool:
    """Intake anywhere: the centre, or whoever works in the unit that takes the case in."""
    own = place is not None and place.code == intake_unit
    return actor.has("complaints_centre") or _heads(actor, intake_unit) or own


def may_consent(actor: Holder, unit: str) -> bool:
    """Consent to what is entered long after it happened: the centre and the unit's head."""
    return actor.has("complaints_centre") or _heads(actor, unit)


def may_see(actor: Holder, case: Case, place: Place | None) -> bool:
    """Who watches sees every case; others those of their unit that nobody has yet, those they handle, and what they registered."""
    if may_see_all(actor) or roles_in(actor, case, place) or actor.account == case.registered_by:
        return True
    return place is not None and place.code == (case.unit or case.intake_unit) and case.handler is None


def may_see_people(actor: Holder, case: Case, place: Place | None) -> bool:
    """Who complained is told to those who handle the case and to who took it in."""
    return bool(roles_in(actor, case, place)) or actor.account == case.registered_by


def may_look_for_similar(actor: Holder, place: Place | None) -> bool:
    """Whoever may register somewhere may look whether it was registered before."""
    return actor.has("complaints_centre") or actor.has("unit_head") or place is not None


def may_see_facts(actor: Holder, subject: str) -> bool:
    """Tell whether the cases behind a subject's figures may be read: by whoever sees all, by oneself, by the unit's head."""
    return may_see_all(actor) or actor.person == subject or actor.has("unit_head", unit=subject)


def may_close_figures(actor: Holder) -> bool:
    return actor.has("complaints_centre")


def may_see_all(actor: Holder) -> bool:
    return any(actor.has(role) for role in _WATCHING)


def may_see_figures(actor: Holder, unit: str | None, handler: str | None, home: str | None) -> bool:
    """The whole bureau's to those who watch, a unit's to its head, a person's to them and their head."""
    own = handler is not None and actor.person == handler
    return may_see_all(actor) or own or _heads(actor, unit) or (handler is not None and _heads(actor, home))


def may_replay(actor: Holder) -> bool:
    """Send all states again, for a consumer that lost its copy: an operator's work, done as the system or as admin."""
    return actor.account == "system" or actor.has("admin")


def steps_of(case: Case) -> list[str]:
    """The steps that cases of this kind have."""
    return [step for step in CASE_STEPS if step in machine(case.organisation, case.kind).moves]


def _heads(actor: Holder, unit: str | None) -> bool:
    return unit is not None and actor.has("unit_head", unit=unit)


def _of_a_dispatched(step: str, case: Case, allowed: frozenset[str]) -> frozenset[str]:
    """What a unit has is handled there: the head of the unit that took it in keeps what looks at the work from outside."""
    return allowed if case.unit is None or step in _FROM_OUTSIDE else allowed - {_INTAKE}


noting(globals())
