"""At whose desk a thing lies to which files may be put, as conditions for queries; the same rules as the steps themselves."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Table, and_, false, func, not_, or_, select, true
from sqlalchemy.orm import Session

from services.declarations.domain.checking_permissions import is_decider
from services.declarations.domain.order_permissions import assesses_temporary_everywhere
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import is_of_panel, issues_everywhere
from services.declarations.storage.evidence_visibility import REFERRING
from services.declarations.storage.scopes import Condition, Scope


def lies_with(session: Session, scope: Scope, cycle: str, kind: str, aggregate: str, on: date) -> bool:
    """Tell whether the next step on ``aggregate`` is the actor's."""
    if scope.actor.person is None:
        return False
    table, key = REFERRING[kind]
    c = table.c
    here = and_(c.bureau == scope.actor.bureau, c.cycle == cycle, c[key] == aggregate)
    return session.scalar(select(c[key]).where(here, _DESKS[kind](scope, table, on))) is not None


def _declared(scope: Scope, table: Table, on: date) -> Condition:
    status = table.c.status
    return or_(
        and_(status == "declared", scope.verifies(on)),
        and_(status == "verified", scope.assesses()),
    )


def _contribution(scope: Scope, table: Table, _on: date) -> Condition:
    status = table.c.status
    panel = _where(is_of_panel(scope.actor))
    return or_(
        and_(status == "declared", scope.decides_first(table)),
        and_(status == "screened", panel, _not_own(scope, table)),
    )


def _work(scope: Scope, table: Table, _on: date) -> Condition:
    c = table.c
    assessed = or_(_where(assesses_temporary_everywhere(scope.actor)), c.assessor.in_(scope.assessing))
    return or_(
        and_(c.status == "reported", scope.decides_first(table)),
        and_(c.status == "confirmed", assessed, _not_own(scope, table)),
    )


def _ordered(scope: Scope, table: Table, _on: date) -> Condition:
    over = or_(_where(issues_everywhere(scope.actor)), table.c.assessor.in_(scope.assessing))
    return and_(over, _not_own(scope, table))


def _veto(scope: Scope, table: Table, _on: date) -> Condition:
    return or_(table.c.proposed_by == who(scope.actor), and_(_where(is_of_panel(scope.actor)), _not_own(scope, table)))


def _inspection(scope: Scope, table: Table, _on: date) -> Condition:
    return table.c.inspector == who(scope.actor)


def _appeal(scope: Scope, table: Table, _on: date) -> Condition:
    involved = func.jsonb_exists(table.c.involved, who(scope.actor))
    return and_(_where(is_decider(scope.actor)), not_(involved), _not_own(scope, table))


def _not_own(scope: Scope, table: Table) -> Condition:
    return table.c.subject.not_in(scope.own)


def _where(holds: bool) -> Condition:  # noqa: FBT001  # reads as a condition
    return true() if holds else false()


_DESKS: dict[str, Callable[[Scope, Table, date], Condition]] = {
    "declaration": _declared,
    "contribution": _contribution,
    "temporary_work": _work,
    "task_order": _ordered,
    "inquiry": _ordered,
    "veto": _veto,
    "inspection": _inspection,
    "appeal": _appeal,
}
