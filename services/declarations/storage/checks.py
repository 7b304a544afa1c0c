"""Spot checks, what they are taken from and what they found; the items themselves, whichever table they are in."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, cast, exists, func, insert, not_, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from rules import STRIKING
from services.declarations.domain.contributions import Contribution
from services.declarations.domain.declarations import Declaration
from services.declarations.domain.inspections import Inspection
from services.declarations.domain.items import CONTRIBUTION, DECIDED, DECLARATION, TASK_ORDER, Item, Pair, pair_of
from services.declarations.domain.orders import TaskOrder
from services.declarations.domain.spot_checks import SpotCheck, Within
from services.declarations.domain.words import SYSTEM
from services.declarations.storage import tables
from services.declarations.storage.aggregates import Store, contributions, task_orders
from services.declarations.storage.bulk import as_states, codes, insert_new
from services.declarations.storage.check_tables import correction, frozen_list, inspection, spot_check
from services.declarations.storage.declarations import Declarations
from shared.database import Row

_TABLES: dict[str, tuple[type[Any], Table]] = {
    DECLARATION: (Declaration, tables.declaration),
    TASK_ORDER: (TaskOrder, tables.task_order),
    CONTRIBUTION: (Contribution, tables.contribution),
}


def spot_checks(session: Session, bureau: str, cycle: str) -> Store[SpotCheck]:
    return Store(session, bureau, cycle, SpotCheck, spot_check, "spot_check")


def inspections(session: Session, bureau: str, cycle: str) -> Store[Inspection]:
    return Store(session, bureau, cycle, Inspection, inspection, "inspection")


def keep_list(session: Session, check: str, text: str) -> None:
    session.execute(insert(frozen_list).values(spot_check=check, text=text))


def list_of(session: Session, check: str) -> str:
    statement = select(frozen_list.c.text).where(frozen_list.c.spot_check == check)
    text: str = session.execute(statement).scalar_one()
    return text


def inspections_of(session: Session, check: str) -> list[Inspection]:
    """Return the inspections in the order drawn; locked, so that none is found while the check is being closed."""
    statement = select(inspection).where(inspection.c.spot_check == check).order_by(inspection.c.place)
    return as_states(Inspection, session.execute(statement.with_for_update()))


def assessed_items(
    session: Session, bureau: str, cycle: str, kinds: Collection[str], periods: Iterable[str], scope: Within
) -> list[Item]:
    """Return everything assessed in ``periods``, of a line, unit or indicator where
    ``scope`` names one; sorted by kind and id."""
    found: list[Item] = []
    for kind in kinds:
        cls, table = _TABLES[kind]
        statement = select(table).where(
            table.c.bureau == bureau,
            table.c.cycle == cycle,
            table.c.status.in_(DECIDED[kind]),
            *([_claimed(table)] if kind == DECLARATION else []),
            table.c.period.in_(codes(periods)),
            *_within(table, bureau, cycle, scope),
        )
        found += as_states(cls, session.execute(statement))
    return sorted(found, key=pair_of)


def _claimed(table: Table) -> ColumnElement[bool]:
    """Leave out what was noted by itself: nobody claims anything there, unless an appeal put counts in."""
    return not_(and_(table.c.declared_by == SYSTEM, table.c.not_applicable))


def locked_items(session: Session, bureau: str, cycle: str, pairs: Iterable[Pair]) -> dict[Pair, Item]:
    """Lock the items kind by kind, each in the order of its ids: whoever locks them
    so waits for others and never in a circle."""
    by_kind: dict[str, list[str]] = {}
    for kind, one in pairs:
        by_kind.setdefault(kind, []).append(one)
    found: list[Item] = []
    if DECLARATION in by_kind:
        found += Declarations(session, bureau, cycle).by_ids(by_kind[DECLARATION]).values()
    if TASK_ORDER in by_kind:
        found += task_orders(session, bureau, cycle).by_ids(by_kind[TASK_ORDER]).values()
    if CONTRIBUTION in by_kind:
        found += contributions(session, bureau, cycle).by_ids(by_kind[CONTRIBUTION]).values()
    return {pair_of(one): one for one in found}


def write_items(session: Session, bureau: str, cycle: str, changed: Sequence[Item]) -> None:
    declared = [one for one in changed if isinstance(one, Declaration)]
    ordered = [one for one in changed if isinstance(one, TaskOrder)]
    contributed = [one for one in changed if isinstance(one, Contribution)]
    Declarations(session, bureau, cycle).change(declared)
    task_orders(session, bureau, cycle).change(ordered)
    contributions(session, bureau, cycle).change(contributed)


def add_inspections(session: Session, new: Sequence[Inspection]) -> None:
    insert_new(session, inspection, new)


def call_off(session: Session, check: str) -> None:
    """Call the inspections off: nobody inspects what was cancelled."""
    statement = update(inspection).where(inspection.c.spot_check == check)
    session.execute(statement.values(status="cancelled", revision=inspection.c.revision + 1))


def findings_before(session: Session, bureau: str, cycle: str) -> tuple[dict[str, int], dict[str, int]]:
    """Count how many findings against each subject, and against each unit, the cycle has so far."""
    c = inspection.c
    statement = select(c.subject, c.unit, func.count().label("found")).where(
        c.bureau == bureau, c.cycle == cycle, c.verdict.in_(["corrected", "false"])
    )
    subjects: dict[str, int] = {}
    units: dict[str, int] = {}
    for row in session.execute(statement.group_by(c.subject, c.unit)):
        subjects[row.subject] = subjects.get(row.subject, 0) + row.found
        units[row.unit] = units.get(row.unit, 0) + row.found
    return subjects, units


def units_of_persons(session: Session, bureau: str, persons: Iterable[str]) -> dict[str, str]:
    """Return person -> their unit, of those in service."""
    c = tables.person.c
    statement = select(c.person, c.unit).where(c.bureau == bureau, c.person.in_(codes(persons)), c.active.is_(True))
    return {row.person: row.unit for row in session.execute(statement)}


def last_veto_indicator(session: Session, bureau: str, cycle: str) -> str | None:
    c = spot_check.c
    statement = select(c.veto_indicator).where(c.bureau == bureau, c.cycle == cycle)
    return session.execute(statement.order_by(c.spot_check.desc()).limit(1)).scalar()


def veto_indicators(session: Session, bureau: str, cycle: str) -> list[str]:
    c = tables.indicator.c
    statement = select(c.indicator).where(c.bureau == bureau, c.cycle == cycle, c.rule.in_(STRIKING), c.active)
    return list(session.execute(statement.order_by(c.indicator)).scalars())


def checked_already(session: Session, bureau: str, pairs: Iterable[Pair]) -> set[Pair]:
    """Return the items in the hands of an inspector just now."""
    c = inspection.c
    wanted = sorted(set(pairs))
    conditions = [and_(c.kind == kind, c.item == item) for kind, item in wanted]
    statement = select(c.kind, c.item).where(c.bureau == bureau, c.status.in_(["assigned", "unassigned"]))
    return {(row.kind, row.item) for row in session.execute(statement.where(or_(*conditions)))} if wanted else set()


def bound_by_checks(session: Session, bureau: str, items: Iterable[str], kind: str = DECLARATION) -> set[str]:
    """Return the items that an announced check has in its list, or an inspector in hand."""
    wanted, s, i = codes(items), spot_check.c, inspection.c
    in_hand = select(i.item).where(
        i.bureau == bureau, i.kind == kind, i.item.in_(wanted), i.status.in_(["assigned", "unassigned"])
    )
    one = func.unnest(cast(wanted, ARRAY(String))).column_valued("one")
    listed = select(one).where(
        exists().where(
            s.bureau == bureau,
            s.status == "announced",
            frozen_list.c.spot_check == s.spot_check,
            func.strpos(frozen_list.c.text, one) > 0,
        )
    )
    return {*session.execute(in_hand).scalars(), *session.execute(listed).scalars()}


def add_corrections(session: Session, rows: Sequence[Row]) -> None:
    if rows:
        session.execute(insert(correction), list(rows))


def _within(table: Table, bureau: str, cycle: str, scope: Within) -> list[ColumnElement[bool]]:
    c = table.c
    conditions = [
        c[name] == code for name, code in (("unit", scope["unit"]), ("indicator", scope["indicator"])) if code
    ]
    if scope["line"]:
        conditions.append(_of_line(c, bureau, cycle, scope["line"]))
    return conditions


def _of_line(c: Any, bureau: str, cycle: str, line: str) -> ColumnElement[bool]:
    """An item of a line: by its indicator, or by the unit that it is about."""
    indicator, unit = tables.indicator.c, tables.unit.c
    of_line = select(indicator.indicator).where(
        indicator.bureau == bureau, indicator.cycle == cycle, indicator.line == line
    )
    units = select(unit.unit).where(unit.bureau == bureau, unit.line == line)
    return or_(c.indicator.in_(of_line), c.unit.in_(units))


def checks_of(session: Session, ids: Iterable[str]) -> set[str]:
    """Return the checks that ``ids`` (of inspections) belong to."""
    statement = select(inspection.c.spot_check).where(inspection.c.inspection.in_(codes(ids)))
    return set(session.execute(statement).scalars())
