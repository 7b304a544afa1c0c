"""Who may do what with cases: role x scope x whose case, in one place.

A step is allowed to whoever has one of its roles in the case, whatever other roles they have too; then some are barred by name.
"""

from services.complaints.domain.cases import ASSOCIATION, Case
from services.complaints.domain.events import ANNUL, Event
from services.complaints.domain.history import Named
from services.complaints.domain.holders import Holder, Place
from services.complaints.domain.machines import machine
from services.complaints.domain.procedure import Archive, Reward
from services.complaints.domain.step_roles import (
    CENTRE,
    ENTRUSTED,
    FROM_OUTSIDE,
    HANDLER,
    HEAD,
    INTAKE,
    MEDIATOR,
    NEVER_THE_HANDLER,
    NEVER_THE_RECUSED,
    NEVER_WHO_WORKED,
    OWN_HANDLER,
    OWN_HEAD,
    OWN_MEDIATOR,
    PUT_RIGHT_BY_DISPATCHERS,
    allowed_roles,
    roles_to_put_right,
)
from shared.vocabulary import trail_permissions
from shared.vocabulary.complaints import CASE_STEPS, ROLES
from shared.vocabulary.permissions import noting

_WATCHING = ("complaints_centre", "office", "panel", "leader", "auditor", "hr")


def headed_units(actor: Holder) -> frozenset[str]:
    """Return the units whose cases and figures the actor sees as their head."""
    return actor.targets("unit_head")


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
        found = {OWN_HEAD: headed, OWN_HANDLER: mine, OWN_MEDIATOR: mediates}
    elif works_there:
        entrusted = _heads(actor, case.entrusted_to) or (actor.person is not None and actor.person == case.mediator)
        found = {ENTRUSTED: case.entrusted_to is not None and entrusted}
    else:
        found = {
            CENTRE: actor.has("complaints_centre"),
            HEAD: _heads(actor, case.unit),
            INTAKE: _heads(actor, case.intake_unit),
            HANDLER: mine,
            MEDIATOR: actor.person is not None and actor.person == case.mediator,
        }
    return frozenset(role for role, held in found.items() if held)


def why_not_step(
    actor: Holder, step: str, case: Case, place: Place | None = None, named: Named | None = None
) -> str | None:
    """Return in Chinese why ``actor`` may not take ``step``; None where they may. ``named``: the step that it puts right."""
    if named is not None:
        return _why_not_put_right(actor, case, place, named)
    if barred := why_not_personally(actor, step, case):
        return barred
    allowed = allowed_roles(case.organisation, step)
    if roles_in(actor, case, place) & _of_a_dispatched(step, case, allowed):
        return None
    return _by_whom(allowed, "办理")


def _why_not_put_right(actor: Holder, case: Case, place: Place | None, named: Named) -> str | None:
    """Nobody corrects or annuls what they may not do, now or as the case was then, nor what was found or urged against them."""
    for then in (case, named.before):
        barred = why_not_personally(actor, named.step, then) or _concerned(actor, named, then)
        if barred:
            return barred
    allowed = roles_to_put_right(case, named.step, own=_same(actor, named.event))
    if named.step not in PUT_RIGHT_BY_DISPATCHERS:
        allowed = _of_a_dispatched(named.step, case, allowed)
    return None if roles_in(actor, case, place) & allowed else _by_whom(allowed, "更正或撤销")


def _concerned(actor: Holder, named: Named, case: Case) -> str | None:
    if actor.person is None:
        return None
    if named.step == "find_fault" and actor.person == named.event.given["subject"]:
        return "被认定有责的人不得更正或撤销该认定"
    if named.step == "supervise" and actor.person == case.handler:
        return "被督办的人不得更正或撤销督办"
    return None


def _by_whom(allowed: frozenset[str], does: str) -> str:
    held = "、".join(ROLES[role] for role in ROLES if role in allowed)
    return f"须由{held}{does}" if held else "此步骤不能更正或撤销"


def why_not_personally(actor: Holder, step: str, case: Case) -> str | None:
    """Return why ``actor`` may not, whatever their roles: nobody judges, prolongs or rewards their own work."""
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


def _same(actor: Holder, by: Archive | Reward | Event) -> bool:
    return actor.account == by.account or (actor.person is not None and actor.person == by.person)


def may_register(actor: Holder, intake_unit: str, place: Place | None) -> bool:
    """Tell whether the actor may register: the centre anywhere, others where they work or head."""
    own = place is not None and place.code == intake_unit
    return actor.has("complaints_centre") or _heads(actor, intake_unit) or own


def may_consent(actor: Holder, unit: str) -> bool:
    """Tell whether the actor may consent to what is entered long after it happened: the centre and the unit's head."""
    return actor.has("complaints_centre") or _heads(actor, unit)


def may_put_something_right(actor: Holder, case: Case, place: Place | None) -> bool:
    """Tell whether the actor has a role that corrects and annuls; what, is asked with the event that they name."""
    return bool(roles_in(actor, case, place) & allowed_roles(case.organisation, ANNUL))


def may_move_miss(actor: Holder, case: Case, place: Place | None, unit: str | None, handler: str | None) -> bool:
    """Tell whether the actor may tell late that another than ``unit`` and ``handler``, who missed it, had the case: the
    centre and the head of the unit that took it in, never who answers for the miss themselves."""
    if actor.person is not None and actor.person == handler:
        return False
    roles = roles_in(actor, case, place)
    return CENTRE in roles or (INTAKE in roles and not _heads(actor, unit))


def may_see(actor: Holder, case: Case, place: Place | None) -> bool:
    """Tell whether the actor may see the case: who watches sees every case; others those of their unit that nobody has
    yet, those they handle, and what they registered."""
    if may_see_all(actor) or roles_in(actor, case, place) or actor.account == case.registered_by:
        return True
    return place is not None and place.code == (case.unit or case.intake_unit) and case.handler is None


def may_see_people(actor: Holder, case: Case, place: Place | None) -> bool:
    """Tell whether the actor may see who complained: those who handle the case and who took it in are told."""
    return bool(roles_in(actor, case, place)) or actor.account == case.registered_by


def may_see_facts(actor: Holder, subject: str) -> bool:
    """Tell whether the cases behind a subject's figures may be read: by whoever sees all, by oneself, by the unit's head."""
    return may_see_all(actor) or actor.person == subject or actor.has("unit_head", unit=subject)


def may_close_figures(actor: Holder) -> bool:
    return actor.has("complaints_centre")


def may_import_cases(actor: Holder) -> bool:
    return actor.has("complaints_centre")


def may_export_cases(actor: Holder) -> bool:
    """Tell whether the actor may take a list out as a file: who watches, and heads of what they see."""
    return may_see_all(actor) or bool(headed_units(actor))


def may_set_case_settings(actor: Holder, place: Place | None) -> bool:
    """Tell whether the actor may set what the bureau decides for itself: the appraisal office and who heads the centre."""
    return actor.has("office") or (place is not None and place.kind == "centre" and _heads(actor, place.code))


def may_see_all(actor: Holder) -> bool:
    return any(actor.has(role) for role in _WATCHING)


def may_see_figures(actor: Holder, unit: str | None, handler: str | None, home: str | None) -> bool:
    """Tell whether the actor may see the figures: all to those who watch, a unit's and its people's to its head, their own to all."""
    own = handler is not None and actor.person == handler
    return may_see_all(actor) or own or _heads(actor, unit) or (handler is not None and _heads(actor, home))


def may_see_reports(actor: Holder, unit: str | None) -> bool:
    """Tell whether the actor may see the reports: of everything who watches, of a unit its head."""
    return may_see_all(actor) or _heads(actor, unit)


def may_replay(actor: Holder) -> bool:
    """Tell whether the actor may send all states again, for a consumer that lost its copy: as the system or as admin."""
    return actor.account == "system" or actor.has("admin")


def why_not_as_system(actor: Holder) -> str | None:
    """Return in Chinese why ``actor`` may not do what the gateway does by itself, which alone has the bytes of files."""
    return None if actor.account == "system" else "仅供系统使用"


def steps_of(case: Case) -> list[str]:
    """Return the steps that cases of this kind have."""
    return [step for step in CASE_STEPS if step in machine(case.organisation, case.kind).moves]


def _heads(actor: Holder, unit: str | None) -> bool:
    return unit is not None and actor.has("unit_head", unit=unit)


def _of_a_dispatched(step: str, case: Case, allowed: frozenset[str]) -> frozenset[str]:
    """What a unit has is handled there: the head of the unit that took it in keeps what looks at the work from outside."""
    return allowed if case.unit is None or step in FROM_OUTSIDE else allowed - {INTAKE}


may_read_trail = trail_permissions.may_read_trail
noting(globals())
