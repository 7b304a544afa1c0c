"""Lists of declarations: filtered, searched, sorted, counted; and what one decision takes of them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from services.declarations.storage.columns import told
from services.declarations.storage.inbox import agrees, waits_for
from services.declarations.storage.scopes import Scope
from services.declarations.storage.tables import declaration, indicator, person, unit
from shared.contracts.declarations.commands.declarations import DeclarationQuery, OneDeclaration
from shared.database import Row
from shared.pages import Ordered, keyset, mentioning, sorting
from shared.reconciliation import tally_of
from shared.vocabulary.declarations import PENDING_STATES

Condition = ColumnElement[bool]
Query = Mapping[str, Any]
Taken = list[tuple[str, int]]  # declaration, revision
c = declaration.c
FILTERS = ("period", "unit", "status", "assessor", "subject", "indicator")
AT_ONCE = 500
_BY_DUE = func.coalesce(c.due_on, literal(date.max, Date)).label("by_due")
_SORTED: Mapping[str, Ordered] = {
    "due_on": _BY_DUE,
    **{name: c[name] for name in ("subject", "indicator", "period", "unit", "status", "points", "self_points")},
}


def page_of_declarations(session: Session, scope: Scope, query: DeclarationQuery, on: date) -> Row:
    """Return a page of what the actor may see of a cycle, or of what waits for them."""
    statement = select(*told(declaration), _BY_DUE).where(*_here(scope, query), _shown(scope, query, on))
    marks: Query = query
    statement = statement.where(
        *_filters(query), *(holds(on) == marks[name] for name, holds in _MARKS.items() if name in marks)
    )
    statement = statement.where(*_mentions(scope.actor.bureau, query))
    page = keyset(
        session,
        statement,
        after=query["after"],
        limit=query["limit"],
        skip=query["skip"],
        total=query["total"],
        **sorting(query["sort"], _SORTED, [c.declaration]),
    )
    return {**page, "items": [_told(row) for row in page["items"]]}


def one_declaration(session: Session, scope: Scope, query: OneDeclaration) -> Row | None:
    """Return the declaration that ``query`` names, where the actor may see it."""
    statement = select(*told(declaration)).where(*_here(scope, query), c.declaration == query["declaration"])
    row = session.execute(statement.where(_visible(scope))).mappings().first()
    return None if row is None else dict(row)


def declarations_of_subject(
    session: Session, bureau: str, cycle: str, subject: str, periods: Iterable[str]
) -> list[Any]:
    """Return the rows of one subject in some periods."""
    statement = select(*told(declaration)).where(
        c.bureau == bureau, c.cycle == cycle, c.subject == subject, c.period.in_(list(periods))
    )
    return [dict(row) for row in session.execute(statement).mappings()]


def declared_by_period(
    session: Session, bureau: str, cycle: str, subjects: Iterable[str]
) -> dict[tuple[str, str], int]:
    """Return (subject, period) -> how many items are declared"""
    statement = (
        select(c.subject, c.period, func.count().label("done"))
        .where(c.bureau == bureau, c.cycle == cycle, c.subject.in_(list(subjects)), c.status.not_in(PENDING_STATES))
        .group_by(c.subject, c.period)
    )
    return {(row.subject, row.period): row.done for row in session.execute(statement)}


def count_waiting(session: Session, scope: Scope, query: Query, command: str, on: date) -> tuple[int, int]:
    """Return how many of a selection wait for ``command``, and how many of them agree with rule and machine."""
    counted = select(func.count(), func.count().filter(agrees())).select_from(declaration)
    waiting, agreeing = session.execute(counted.where(*_selected(scope, query, command, on))).one()
    return waiting, agreeing


def take_waiting(
    session: Session, scope: Scope, query: Query, command: str, on: date, *, agreeing: bool, lock: bool
) -> Taken:
    """Return the first ``AT_ONCE`` of a selection that wait for ``command``."""
    statement = select(c.declaration, c.revision).where(*_selected(scope, query, command, on))
    statement = statement.where(agrees()) if agreeing else statement
    statement = statement.order_by(c.declaration).limit(AT_ONCE)
    rows = session.execute(statement.with_for_update() if lock else statement)
    return [(row.declaration, row.revision) for row in rows]


def fingerprint(taken: Taken) -> str:
    """Return what tells one selection at its present revisions from another."""
    tally = tally_of(taken)
    return f"{tally['states']}-{tally['digest']}"


def _selected(scope: Scope, query: Query, command: str, on: date) -> list[Condition]:
    return [*_here(scope, query), waits_for(scope, command, on), *_filters(query)]


def _here(scope: Scope, query: Query) -> list[Condition]:
    return [c.bureau == scope.actor.bureau, c.cycle == query["cycle"]]


def _shown(scope: Scope, query: Query, on: date) -> Condition:
    return waits_for(scope, query["waiting"], on) if "waiting" in query else _visible(scope)


def _visible(scope: Scope) -> Condition:
    """A draft is nobody's but the declarer's."""
    return and_(scope.sees(declaration), or_(c.status != "draft", c.subject.in_(scope.own)))


def _filters(query: Query) -> list[Condition]:
    return [c[name] == query[name] for name in FILTERS if name in query]


_MARKS: dict[str, Callable[[date], Condition]] = {
    "differs": lambda _: or_(c.differs, c.machine_now.is_not(None)),
    "machine_changed": lambda _: c.machine_now.is_not(None),
    "overdue": lambda on: func.coalesce(c.due_on < on, False),  # of SQL
}  # each for true or false


def _mentions(bureau: str, query: Query) -> list[Condition]:
    """Subjects, units and indicators by code or by name."""
    q = query["q"]
    if not q:
        return []
    persons = select(person.c.person).where(person.c.bureau == bureau, *mentioning(q, person.c.name))
    units = select(unit.c.unit).where(unit.c.bureau == bureau, *mentioning(q, unit.c.name))
    items = select(indicator.c.indicator).where(
        indicator.c.bureau == bureau, indicator.c.cycle == query["cycle"], *mentioning(q, indicator.c.name)
    )
    named = (c.subject.in_(persons), c.subject.in_(units), c.unit.in_(units), c.indicator.in_(items))
    return [or_(*mentioning(q, c.subject, c.unit, c.indicator), *named)]


def _told(row: Mapping[str, Any]) -> Row:
    return {name: value for name, value in row.items() if name != "by_due"}
