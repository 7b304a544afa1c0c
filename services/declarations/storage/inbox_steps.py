"""What waits for the actor, as conditions on each table: the rows whose ``may`` names the step (domain/*_choices.py).

The same rules said twice, in SQL so that a list can be paged by them: tests/component/declarations/test_choices.py compares both.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, false, func, not_, or_, select, true
from sqlalchemy import exists as exists_

from services.declarations.domain import contributions as of_contributions
from services.declarations.domain import inquiries as of_inquiries
from services.declarations.domain import orders as of_orders
from services.declarations.domain import temporary as of_work
from services.declarations.domain.bureau_rules import PanelRules
from services.declarations.domain.order_permissions import assesses_temporary_everywhere
from services.declarations.domain.organisation import who
from services.declarations.domain.permissions import is_of_panel, issues_everywhere
from services.declarations.storage.appeal_lists import decides
from services.declarations.storage.check_tables import appeal
from services.declarations.storage.order_tables import inquiry, temporary_work
from services.declarations.storage.scopes import Condition, Scope, shared_by
from services.declarations.storage.tables import Table, contribution, opinion, person, task_order, veto

SUBJECTS = ("accept", "refuse", "progress", "complete")


def asked(step: str | None, condition: Callable[[str], Condition], *, open_: bool) -> Condition:
    """Return ``condition`` of the step asked for; everything where none is,
    nothing where the year takes nothing any more."""
    if step is None:
        return true()
    return condition(step) if open_ else false()


def orders(step: str, scope: Scope, on: date) -> Condition:
    c = task_order.c
    here = c.status.in_([one for one in of_orders.STATES.moves[step] if one])
    if step in SUBJECTS:
        return and_(here, c.subject.in_(scope.own))
    theirs = and_(here, _over(scope, task_order))
    if step != "judge":
        return theirs
    asked = exists_().where(
        inquiry.c.bureau == c.bureau, inquiry.c.order == c.order, inquiry.c.status.in_(of_inquiries.OPEN)
    )
    return and_(theirs, or_(c.status.not_in(of_orders.UNANSWERED), c.deadline < on), not_(asked))


def inquiries(step: str, scope: Scope, on: date) -> Condition:
    c = inquiry.c
    if step == "answer":
        return and_(c.status == "asked", c.subject.in_(scope.own))
    return and_(or_(c.status == "answered", and_(c.status == "asked", c.answer_by < on)), _over(scope, inquiry))


def works(step: str, scope: Scope) -> Condition:
    c, me = temporary_work.c, _me(scope)
    confirms = and_(c.status == "reported", scope.decides_first(temporary_work), c.reported_by.not_in(me))
    anybodys = true() if assesses_temporary_everywhere(scope.actor) else c.assessor.in_(scope.assessing)
    confirmed = func.coalesce(c.confirmed_by, "").in_(me)
    assesses = and_(c.status == "confirmed", anybodys, c.subject.not_in(scope.own), not_(confirmed))
    ways = {"reported": confirms, "confirmed": assesses}
    return or_(false(), *(ways[one] for one in of_work.STATES.moves[step] if one in ways))


def contributions(step: str, scope: Scope, rules: PanelRules) -> Condition:
    c = contribution.c
    here = c.status.in_([one for one in of_contributions.STATES.moves[step] if one])
    if step in ("screen", "return"):
        return and_(here, scope.decides_first(contribution), c.declared_by.not_in(_me(scope)))
    if step == "share":
        partner = (and_(c.subject != code, c.shares.contains([{"subject": code}])) for code in scope.own)
        return and_(here, or_(false(), *partner))
    if not is_of_panel(scope.actor):
        return false()
    given = _opinions(opinion.c.member == who(scope.actor))
    if step == "opine":
        return and_(here, _not_recused(scope, rules), not_(given.exists()))
    recused = _opinions(opinion.c.member == who(scope.actor), opinion.c.recused.is_(True))
    said = _opinions(opinion.c.recused.is_(False))
    number = said.with_only_columns(func.count()).scalar_subquery()
    agreed = said.with_only_columns(func.count().filter(opinion.c.agree)).scalar_subquery()
    decided = and_(here, _not_recused(scope, rules), not_(recused.exists()), number >= rules.quorum)
    majority = 100 * agreed > rules.majority * number
    return and_(decided, majority) if step == "settle" else decided


def vetoes(step: str, scope: Scope) -> Condition:
    c = veto.c
    if not is_of_panel(scope.actor):
        return false()
    theirs = c.subject.not_in(scope.own)
    if step == "confirm":
        return and_(c.status == "proposed", theirs, c.proposed_by.not_in(_me(scope)))
    return and_(c.status.in_(["proposed", "confirmed"]), theirs)


def appeals(step: str, scope: Scope) -> Condition:
    c = appeal.c
    if step == "withdraw":
        return and_(c.status == "filed", or_(c.subject.in_(scope.own), c.filed_by == who(scope.actor)))
    return and_(c.status == "filed", decides(scope.actor, scope))


def _over(scope: Scope, table: Table) -> Condition:
    issues = true() if issues_everywhere(scope.actor) else table.c.assessor.in_(scope.assessing)
    return and_(issues, table.c.subject.not_in(scope.own))


def _me(scope: Scope) -> list[str]:
    return sorted({scope.actor.account, *filter(None, [scope.actor.person])})


def _opinions(*conditions: Condition) -> Select[Any]:
    c = contribution.c
    return select(opinion.c.member).where(
        opinion.c.bureau == c.bureau, opinion.c.contribution == c.contribution, *conditions
    )


def _not_recused(scope: Scope, rules: PanelRules) -> Condition:
    """Neither the actor's own, nor their unit's, nor a colleague's; of nobody who has a share in it."""
    c, actor = contribution.c, scope.actor
    homes = select(person.c.unit).where(
        person.c.bureau == actor.bureau, person.c.person == actor.person, person.c.active.is_(True)
    )
    own = or_(c.subject.in_(scope.own), shared_by(scope.own))
    if not rules.colleagues_stand_back:
        return not_(own)
    partners = func.jsonb_path_query_array(c.shares, "$[*].unit")
    colleagues = exists_(homes.where(or_(person.c.unit == c.unit, func.jsonb_exists(partners, person.c.unit))))
    return not_(or_(own, colleagues))
