"""Who makes, voids and opens a paper of a case (beside permissions.py). Whose organisation the case is decides before any role."""

from collections.abc import Mapping

from services.complaints.domain.cases import ASSOCIATION, Case
from services.complaints.domain.holders import Holder, Place
from services.complaints.domain.paper_rules import CORRECTION, RULES, wrong_organisation
from services.complaints.domain.permissions import headed_units, may_see_all, may_see_people, roles_in
from services.complaints.domain.step_roles import (
    CENTRE,
    HANDLER,
    HEAD,
    INTAKE,
    MEDIATOR,
    OWN_HANDLER,
    OWN_HEAD,
    OWN_MEDIATOR,
)
from shared.vocabulary.complaints import ROLES
from shared.vocabulary.permissions import noting

_HANDLING = frozenset({CENTRE, HEAD, INTAKE, HANDLER})
_MEDIATING = frozenset({"mediation_notice", "termination", "mediation_statement"})
_OWN = frozenset({OWN_HEAD, OWN_HANDLER, OWN_MEDIATOR})
# kind → the roles in the case that make it. A mediator makes what the mediation gives; who dispatches, what is forwarded.
MAKING: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(RULES, _HANDLING),
    **dict.fromkeys(_MEDIATING, _HANDLING | {MEDIATOR}),
    "forwarding": frozenset({CENTRE, INTAKE}),
    "mediation_record": _OWN,
}
# A number that was given is taken back by a head, never by the handler alone.
_VOIDING = frozenset({CENTRE, HEAD, INTAKE, OWN_HEAD})


def why_not_make_paper(actor: Holder, paper: str, case: Case, place: Place | None) -> str | None:
    """Return in Chinese why ``actor`` may not make a paper of this kind; None where they may. Of a correction: the corrected kind."""
    if paper != CORRECTION and RULES[paper].organisation != case.organisation:
        return wrong_organisation(case.organisation)
    if actor.person is not None and actor.person in case.recused and paper in (*_MEDIATING, "mediation_record"):
        return "已回避的人不得制作调解文书"
    allowed = MAKING.get(paper, _OWN if case.organisation == ASSOCIATION else _HANDLING)
    return _by_whom(allowed, "制作") if not roles_in(actor, case, place) & allowed else None


def why_not_void_paper(actor: Holder, case: Case, place: Place | None) -> str | None:
    """Return in Chinese why ``actor`` may not void a number of ``case``; None where they may."""
    return None if roles_in(actor, case, place) & _VOIDING else _by_whom(_VOIDING, "作废")


def may_open_paper(actor: Holder, case: Case, place: Place | None) -> bool:
    """Tell whether the actor may open a paper: it names who complained, so who may see them, and nobody else."""
    return may_see_people(actor, case, place)


def may_list_paper_numbers(actor: Holder, unit: str | None, place: Place | None) -> bool:
    """Tell whether the actor may read which numbers were given: who watches all, a unit's own to its head and its people."""
    own = place is not None and place.code == unit
    return may_see_all(actor) or (unit is not None and (own or unit in headed_units(actor)))


def _by_whom(allowed: frozenset[str], does: str) -> str:
    return f"须由{'、'.join(ROLES[role] for role in ROLES if role in allowed)}{does}"


noting(globals())
