"""Who may do what with cases: role x scope x whose case, in one place.

A step is allowed to whoever has one of its roles in the case, whatever other roles they have too; then some are barred by name.
"""

from collections.abc import Mapping
from typing import Protocol

from services.complaints.domain.cases import ASSOCIATION, Case
from services.complaints.domain.machines import machine
from services.complaints.domain.procedure import Archive, Reward
from shared.vocabulary import trail_permissions
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


_CENTRE, _HEAD, _INTAKE, _HANDLER, _MEDIATOR = "centre", "head", "intake_head", "handler", "mediator"
_ENTRUSTED, _OWN_HEAD, _OWN_HANDLER, _OWN_MEDIATOR = "entrusted", "own_head", "own_handler", "own_mediator"
_HANDLING = frozenset({_CENTRE, _HEAD, _INTAKE, _HANDLER})
_HEADS = frozenset({_CENTRE, _HEAD, _INTAKE})
_OWN = frozenset({_OWN_HEAD, _OWN_HANDLER})

_MEDIATING = ("consent", "decline", "appoint", "attend", "ask_recusal", "mediate", "contact", "conclude")

# step -> the roles of a bureau's case that take it
BUREAU_STEPS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CASE_STEPS, _HANDLING),
    **dict.fromkeys(("assign", "mark_repeat", "unmark_repeat", "merge", "unmerge", "supervise"), _HEADS),
    **dict.fromkeys(("extend", "extend_lead", "extend_filed", "allow_late", "entrust", "recall"), _HEADS),
    **dict.fromkeys(("follow_up", "name_mediator", "decide_recusal", "pass_archive", "reject_archive"), _HEADS),
    **dict.fromkeys(("publish", "unpublish", "extend_filed_again", "approve_reward", "decline_reward"), _HEADS),
    # A section passes no case on to another bureau by itself (令121 art. 41), and the superior decides between bureaus.
    **dict.fromkeys(("transfer", "confirm_transfer", "return_transfer", "decide_dispute"), frozenset({_CENTRE})),
    **dict.fromkeys(_MEDIATING, _HANDLING | {_MEDIATOR}),
    "correct": frozenset({_CENTRE, _HEAD}),
    "annul": frozenset({_CENTRE, _HEAD}),
    "find_fault": frozenset({_CENTRE, _HEAD}),
    "answer_supervision": frozenset({_HEAD, _HANDLER}),
    "take_up": frozenset({_HEAD, _HANDLER}),
    "send_back": frozenset({_HEAD, _HANDLER}),
    "report_back": frozenset({_ENTRUSTED}),
    "mediate": _HANDLING | {_ENTRUSTED, _MEDIATOR},
    "contact": _HANDLING | {_ENTRUSTED, _MEDIATOR},
}
# step -> the roles of an association's own case
ASSOCIATION_STEPS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CASE_STEPS, _OWN),
    **dict.fromkeys(_MEDIATING, _OWN | {_OWN_MEDIATOR}),
    **dict.fromkeys(("assign", "correct", "annul", "allow_late"), frozenset({_OWN_HEAD})),
    **dict.fromkeys(("name_mediator", "decide_recusal", "pass_archive", "reject_archive"), frozenset({_OWN_HEAD})),
}
# Never by whoever handles the case, whatever else they are: nobody calls about, prolongs or excuses their own work.
NEVER_WHO_WORKED = frozenset({"follow_up", "pass_archive", "reject_archive", "approve_reward", "decline_reward"})
NEVER_THE_HANDLER = NEVER_WHO_WORKED | {
    "extend",
    "extend_lead",
    "extend_filed",
    "extend_filed_again",
    "allow_late",
    "find_fault",
}
# What a mediator who was replaced has no part in any more.
NEVER_THE_RECUSED = frozenset({"appoint", "attend", "mediate", "conclude"})
_FROM_OUTSIDE = frozenset({"follow_up", "supervise", "mark_repeat", "unmark_repeat", "merge", "unmerge"})
_WATCHING = ("complaints_centre", "office", "panel", "leader", "auditor", "hr")


def roles_in(actor: Holder, case: Case, place: Place | None) -> frozenset[str]:
    """Return the roles of ``actor``, who works at ``place``, in ``case``.

    Nobody of an association has one in a bureau's procedure, nobody of the bureau in an association's (消保法 37, 56).
    """
    mine = actor.person is not None and actor.person == case.handler
    works_there = place is not None and place.kind == ASSOCIATION
    if case.organisation == ASSOCIATION and place is not None and not works_there:
        return frozenset()
    if case.organisation == ASSOCIATION:
        mediates = actor.person is not None and actor.person == case.mediator
        headed = any(actor.has("unit_head", unit=unit) for unit in {case.unit or case.intake_unit, case.intake_unit})
        found = {_OWN_HEAD: headed, _OWN_HANDLER: mine, _OWN_MEDIATOR: mediates}
    elif works_there:
        entrusted = _heads(actor, case.entrusted_to) or (actor.person is not None and actor.person == case.mediator)
        found = {_ENTRUSTED: case.entrusted_to is not None and entrusted}
    else:
        found = {
            _CENTRE: actor.has("complaints_centre"),
            _HEAD: _heads(actor, case.unit),
            _INTAKE: _heads(actor, case.intake_unit),
            _HANDLER: mine,
            _MEDIATOR: actor.person is not None and actor.person == case.mediator,
        }
    return frozenset(role for role, held in found.items() if held)


def allowed_roles(organisation: str, step: str) -> frozenset[str]:
    return (ASSOCIATION_STEPS if organisation == ASSOCIATION else BUREAU_STEPS)[step]


def may_step(actor: Holder, step: str, case: Case, place: Place | None = None) -> bool:
    """Tell whether ``actor`` has a role in ``case`` that takes ``step``."""
    return why_not_step(actor, step, case, place) is None


def why_not_step(actor: Holder, step: str, case: Case, place: Place | None = None) -> str | None:
    """Return in Chinese why ``actor`` may not take ``step``; None where they may."""
    barred = _barred(actor, step, case)
    if barred:
        return barred
    allowed = allowed_roles(case.organisation, step)
    if roles_in(actor, case, place) & _of_a_dispatched(step, case, allowed):
        return None
    return "须由" + "、".join(ROLES[role] for role in ROLES if role in allowed) + "办理"


def _barred(actor: Holder, step: str, case: Case) -> str | None:
    """Why ``actor`` may not, whatever their roles: nobody judges, prolongs or rewards their own work."""
    person = actor.person
    if person is not None and person == case.handler and step in NEVER_THE_HANDLER:
        return "承办人本人不得办理此步骤"
    if person is not None and person in case.worked and step in NEVER_WHO_WORKED:
        return "办理过此件的人不得办理此步骤"
    if person is not None and person in case.recused and step in NEVER_THE_RECUSED:
        return "已回避的人不得办理此步骤"
    if step == "decide_recusal" and person is not None and case.recusal_open and person == case.recusals[-1].of:
        return "被申请回避的人不得自己决定"
    if step in ("pass_archive", "reject_archive") and case.archive and _same(actor, case.archive):
        return "归档送检的人不得检查"
    if step in ("approve_reward", "decline_reward") and case.reward and _same(actor, case.reward):
        return "提出奖励的人不得批准"
    return None


def _same(actor: Holder, by: Archive | Reward) -> bool:
    return actor.account == by.account or (actor.person is not None and actor.person == by.person)


def may_register(actor: Holder, intake_unit: str, place: Place | None) -> bool:
    """Tell whether the actor may register: intake anywhere for the centre, or for whoever
    works in the unit that takes the case in."""
    own = place is not None and place.code == intake_unit
    return actor.has("complaints_centre") or _heads(actor, intake_unit) or own


def may_consent(actor: Holder, unit: str) -> bool:
    """Tell whether the actor may consent to what is entered long after it happened: the centre and the unit's head."""
    return actor.has("complaints_centre") or _heads(actor, unit)


def may_see(actor: Holder, case: Case, place: Place | None) -> bool:
    """Tell whether the actor may see the case: who watches sees every case; others those of their unit that nobody has
    yet, those they handle, and what they registered."""
    if may_see_all(actor) or roles_in(actor, case, place) or actor.account == case.registered_by:
        return True
    return place is not None and place.code == (case.unit or case.intake_unit) and case.handler is None


def may_see_people(actor: Holder, case: Case, place: Place | None) -> bool:
    """Tell whether the actor may see who complained: those who handle the case and who took it in are told."""
    return bool(roles_in(actor, case, place)) or actor.account == case.registered_by


def may_look_for_similar(actor: Holder, place: Place | None) -> bool:
    """Tell whether the actor may look whether a case was registered before: whoever may register somewhere may."""
    return actor.has("complaints_centre") or actor.has("unit_head") or place is not None


def may_see_facts(actor: Holder, subject: str) -> bool:
    """Tell whether the cases behind a subject's figures may be read: by whoever
    sees all, by oneself, by the unit's head."""
    return may_see_all(actor) or actor.person == subject or actor.has("unit_head", unit=subject)


def may_close_figures(actor: Holder) -> bool:
    return actor.has("complaints_centre")


def may_set_case_settings(actor: Holder, place: Place | None) -> bool:
    """Tell whether the actor may set the case settings: what the bureau decides for itself is set by the
    appraisal office and by who heads the centre."""
    return actor.has("office") or (place is not None and place.kind == "centre" and _heads(actor, place.code))


def may_see_all(actor: Holder) -> bool:
    return any(actor.has(role) for role in _WATCHING)


def may_see_figures(actor: Holder, unit: str | None, handler: str | None, home: str | None) -> bool:
    """Tell whether the actor may see the figures: the whole bureau's to those who watch, a unit's to its
    head, a person's to them and their head."""
    own = handler is not None and actor.person == handler
    return may_see_all(actor) or own or _heads(actor, unit) or (handler is not None and _heads(actor, home))


def may_replay(actor: Holder) -> bool:
    """Tell whether the actor may send all states again, for a consumer that lost its copy: an
    operator's work, done as the system or as admin."""
    return actor.account == "system" or actor.has("admin")


def steps_of(case: Case) -> list[str]:
    """Return the steps that cases of this kind have."""
    return [step for step in CASE_STEPS if step in machine(case.organisation, case.kind).moves]


def _heads(actor: Holder, unit: str | None) -> bool:
    return unit is not None and actor.has("unit_head", unit=unit)


def _of_a_dispatched(step: str, case: Case, allowed: frozenset[str]) -> frozenset[str]:
    """What a unit has is handled there: the head of the unit that took it in keeps what looks at the work from outside."""
    return allowed if case.unit is None or step in _FROM_OUTSIDE else allowed - {_INTAKE}


may_read_trail = trail_permissions.may_read_trail
noting(globals())
