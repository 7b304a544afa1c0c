"""Who may do what with a result: talk it over, order improvements, report problems of indicators, grade (law 9, beside permissions.py)."""

from services.scoring.domain.permissions import Holder, Sight, detail_sight, oversees
from services.scoring.domain.report_text import BUREAU
from shared.vocabulary.permissions import noting

PERSON = "person"


def who(actor: Holder) -> str:
    """Return the name under which a deed is kept: the person, whatever account they use."""
    return actor.person or actor.account


def is_own(actor: Holder, subject: str, layer: str) -> bool:
    """Tell whether the result is the actor's own: a person's result is that person's, a unit's that of its head."""
    if layer == PERSON:
        return actor.person == subject
    return subject in actor.targets("unit_head")


def may_lead(actor: Holder, subject: str, layer: str, unit: str) -> bool:
    """Tell whether the actor may lead the conversation: the unit's head talks with its people, a leader with heads and
    units, and where no head is; nobody with himself."""
    if actor.person is None or is_own(actor, subject, layer):
        return False
    return actor.has("leader") or (layer == PERSON and unit in actor.targets("unit_head"))


def may_answer(actor: Holder, subject: str, layer: str) -> bool:
    return is_own(actor, subject, layer)


def may_propose_improvement(actor: Holder, subject: str, layer: str, unit: str) -> bool:
    """Tell whether the actor may propose an improvement: whoever answers for
    the subject, leads it, or watches over all."""
    return is_own(actor, subject, layer) or may_lead(actor, subject, layer, unit) or oversees(actor)


def may_order_improvement(actor: Holder, subject: str, layer: str) -> bool:
    """Tell whether the actor may order an improvement: those who issue task orders without being an assessor, the
    panel and the leaders; nobody to himself."""
    somebody_else = actor.person is not None and not is_own(actor, subject, layer)
    return somebody_else and (actor.has("panel") or actor.has("leader"))


def may_report_problem(actor: Holder) -> bool:
    """Tell whether the actor may report a problem: what an indicator lacks is seen by whoever works with it."""
    return any(actor.has(role) for role in ("office", "panel", "leader", "unit_head", "assessor", "auditor"))


def may_propose_grades(actor: Holder) -> bool:
    return actor.has("office") or actor.has("hr")


def may_decide_grades(actor: Holder) -> bool:
    return actor.person is not None and actor.has("panel")


def may_write_report(actor: Holder, scope: str, target: str | None) -> bool:
    """Tell whether the actor may write what the report says in words: the office of the bureau, a head of the unit."""
    return actor.has("office") if scope == BUREAU else target in actor.targets("unit_head")


def grade_sight(actor: Holder) -> Sight:
    """Return whose grades, with their circumstances, are seen: as explanations
    are, and by who keeps the personal files."""
    seen = detail_sight(actor)
    return Sight(seen.everybody or actor.has("hr"), seen.person, seen.units)


noting(globals())
