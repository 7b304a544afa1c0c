"""Which declarations wait for the actor, as conditions: those to which a command would be accepted, and no other."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from services.declarations.domain.items import DECLARATION
from services.declarations.domain.words import DECLARED_TOOLS, OPEN_CYCLES
from services.declarations.storage import tables
from services.declarations.storage.check_tables import frozen_list, inspection, spot_check
from services.declarations.storage.scopes import Scope

Condition = ColumnElement[bool]
c = tables.declaration.c


def waits_for(scope: Scope, command: str, on: date) -> Condition:
    """Return the condition on declarations on which the actor may do ``command`` on that day;
    ``correct``: put right, and declare again."""
    year = tables.cycle.c
    goes_on = exists().where(year.bureau == c.bureau, year.cycle == c.cycle, year.status.in_(OPEN_CYCLES))
    return and_(goes_on, _WAITING[command](scope, on))


def agrees() -> Condition:
    """Return the condition on those self-scored as the rule has it, and counted as the machine has it."""
    return and_(c.self_points == c.points, c.differs.is_(False), c.machine_now.is_(None))


def _verify(scope: Scope, on: date) -> Condition:
    return and_(c.status == "declared", scope.verifies(on))


def _assess(scope: Scope, _: date) -> Condition:
    return and_(c.status == "verified", scope.assesses())


def _return(scope: Scope, on: date) -> Condition:
    assessing = and_(c.status.in_(["verified", "assessed"]), scope.assesses())
    return and_(or_(_verify(scope, on), assessing), ~_bound())


def _record(scope: Scope, _: date) -> Condition:
    return and_(c.status == "assessed", scope.records())


def _correct(scope: Scope, _: date) -> Condition:
    one = tables.indicator.c
    declarable = exists().where(
        one.bureau == c.bureau,
        one.cycle == c.cycle,
        one.indicator == c.indicator,
        one.active,
        one.tool.in_(DECLARED_TOOLS),
    )
    return and_(c.status == "returned", c.subject.in_(scope.own), declarable)


_WAITING: Mapping[str, Callable[[Scope, date], Condition]] = {
    "verify": _verify,
    "assess": _assess,
    "return": _return,
    "record": _record,
    "correct": _correct,
}


def _bound() -> Condition:
    """The same as ``bound_by_checks``: an announced check has it in its list, or an inspector in hand."""
    i, s = inspection.c, spot_check.c
    in_hand = exists().where(
        i.bureau == c.bureau, i.kind == DECLARATION, i.item == c.declaration, i.status.in_(["assigned", "unassigned"])
    )
    listed = (
        select(frozen_list.c.spot_check)
        .join(spot_check, frozen_list.c.spot_check == s.spot_check)
        .where(s.bureau == c.bureau, s.status == "announced", func.strpos(frozen_list.c.text, c.declaration) > 0)
        .correlate(tables.declaration)
        .exists()
    )
    return or_(in_hand, listed)
