"""Claimed against target, per indicator and per pool: what is unclaimed, what is over-claimed, and by whom."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from rules import SHARED_OUT
from services.targets.storage import tables
from services.targets.storage.allocations import Pool
from services.targets.storage.claim_tables import excesses
from services.targets.storage.lists import ListPage, matching, page_of
from shared.contracts.targets.commands.allocations import BalanceQuery
from shared.contracts.targets.commands.claims_transfers import GapQuery
from shared.pages import keyset


@dataclass(frozen=True)
class Balance:
    """What is allocated and claimed of an item; ``target``: the bureau's."""

    indicator: str
    name: str
    line: str
    layers: list[str]
    measure_unit: str
    target: Decimal
    allocated: Decimal
    claimed_by_units: Decimal
    claimed_by_persons: Decimal
    excess: Decimal
    stranded: Decimal


@dataclass(frozen=True)
class Gap:
    """A unit's share of an item that persons should carry, and what they claim of it."""

    indicator: str
    unit: str
    name: str
    measure_unit: str
    allocated: Decimal
    unit_name: str
    excess: Decimal
    claimed: Decimal
    stranded: Decimal

    @property
    def pool(self) -> Pool:
        return self.indicator, self.unit


@dataclass(frozen=True)
class Holding:
    """What one person claims of a pool; ``present``: whether they still hold a place in the unit."""

    subject: str
    subject_name: str
    target: Decimal | None
    present: bool


def page_of_balances(
    session: Session,
    key: dict[str, str],
    library_revision: int,
    query: BalanceQuery,
    day: date,
) -> ListPage[Balance]:
    """Return a page of balances; ``key``: bureau and cycle. With a ``unit`` the sums are that unit's alone.
    ``day``: on which people are there or not."""
    table, unit = tables.indicators, query["unit"]
    statement = (
        select(
            table.c.indicator,
            table.c.name,
            table.c.line,
            table.c.layers,
            table.c.measure_unit,
            table.c.target,
            _sum(tables.allocations, tables.allocations.c.quantity, key, unit).label("allocated"),
            _claimed(key, unit, persons=False).label("claimed_by_units"),
            _claimed(key, unit, persons=True).label("claimed_by_persons"),
            _sum(excesses, excesses.c.quantity, key, unit).label("excess"),
            _stranded(key, unit, day).label("stranded"),
        )
        .filter_by(**key, library_revision=library_revision)
        .where(table.c.rule.in_(SHARED_OUT))
    )
    sorts = ("indicator", "name", "line", "target", "allocated")
    page = page_of(session, statement, query, key=["indicator"], sorts=sorts, looked_in=["indicator", "name"])
    return ListPage.read(page, lambda row: Balance(**row))


def page_of_gaps(session: Session, key: dict[str, str], day: date, query: GapQuery) -> ListPage[Gap]:
    """Return a page of shares of units (indicator, unit) that persons should carry and that are not
    claimed exactly, or by people not there."""
    share, item, beyond, sums = tables.allocations, tables.indicators, excesses, _pool_sums(key, day)
    home = tables.units
    claimed, stranded = func.coalesce(sums.c.claimed, 0), func.coalesce(sums.c.stranded, 0)
    at = and_(*(item.c[name] == value for name, value in key.items()), item.c.indicator == share.c.indicator)
    permitted = and_(*(beyond.c[name] == share.c[name] for name in ("bureau", "cycle", "indicator", "unit")))
    current = select(tables.cycles.c.library_revision).filter_by(**key).scalar_subquery()
    statement = (
        select(share.c.indicator, share.c.unit, item.c.name, item.c.measure_unit, share.c.quantity.label("allocated"))
        .add_columns(home.c.name.label("unit_name"))
        .add_columns(func.coalesce(beyond.c.quantity, 0).label("excess"))
        .add_columns(claimed.label("claimed"), stranded.label("stranded"))
        .select_from(share)
        .join(item, and_(at, item.c.library_revision == current))
        .join(home, and_(home.c.bureau == share.c.bureau, home.c.unit == share.c.unit))
        .outerjoin(beyond, permitted)
        .outerjoin(sums, and_(sums.c.indicator == share.c.indicator, sums.c.unit == share.c.unit))
        .where(*(share.c[name] == value for name, value in key.items()), item.c.layers.contains(["person"]))
        .where(*matching(share, indicator=query["indicator"], unit=query["unit"]))
        .where(or_(claimed != share.c.quantity, stranded > 0))
    )
    order = [share.c.indicator, share.c.unit]
    page = keyset(session, statement, order=order, after=query["after"], limit=query["limit"])
    return ListPage.read(page, lambda row: Gap(**row))


def holders(session: Session, key: dict[str, str], day: date, pools: list[Pool]) -> dict[Pool, list[Holding]]:
    """Tell who claims from these pools, and whether they are still there on ``day``."""
    table, person = tables.claims, tables.persons
    present = _present(table.c.subject, table.c.unit, key, day).label("present")
    statement = (
        select(table.c.indicator, table.c.unit, table.c.subject, table.c.target, present)
        .add_columns(person.c.name.label("subject_name"))
        .join(person, and_(person.c.bureau == table.c.bureau, person.c.person == table.c.subject))
        .where(*(table.c[name] == value for name, value in key.items()))
        .where(table.c.layer == "person", table.c.status == "claimed")
        .where(tuple_(table.c.indicator, table.c.unit).in_(pools))
        .order_by(table.c.subject)
    )
    found: dict[Pool, list[Holding]] = {}
    for row in session.execute(statement).mappings():
        one = Holding(row["subject"], row["subject_name"], row["target"], row["present"])
        found.setdefault((row["indicator"], row["unit"]), []).append(one)
    return found


def _pool_sums(key: dict[str, str], day: date) -> CTE:
    """What persons claim of every pool, and what of it those claim who are not there."""
    table = tables.claims
    place = tables.assignments
    there = and_(
        place.c.bureau == table.c.bureau,
        place.c.person == table.c.subject,
        place.c.unit == table.c.unit,
        place.c.starts <= day,
        or_(place.c.ends.is_(None), place.c.ends >= day),
    )
    away = func.sum(table.c.target).filter(place.c.person.is_(None))
    statement = (
        select(table.c.indicator, table.c.unit, func.sum(table.c.target).label("claimed"), away.label("stranded"))
        .select_from(table.outerjoin(place, there))
        .where(*(table.c[name] == value for name, value in key.items()))
        .where(table.c.layer == "person", table.c.status == "claimed")
        .group_by(table.c.indicator, table.c.unit)
    )
    # materialised: once, whatever the planner believes of tables that were filled a moment ago
    return statement.cte("pools").prefix_with("MATERIALIZED", dialect="postgresql")


def _present(person: Any, unit: Any, key: dict[str, str], day: date) -> ColumnElement[bool]:
    place = tables.assignments
    return exists().where(
        place.c.bureau == key["bureau"],
        place.c.person == person,
        place.c.unit == unit,
        place.c.starts <= day,
        or_(place.c.ends.is_(None), place.c.ends >= day),
    )


def _stranded(key: dict[str, str], unit: str | None, day: date) -> ColumnElement[Any]:
    table = tables.claims
    away = ~_present(table.c.subject, table.c.unit, key, day)
    return _sum(table, table.c.target, key, unit, table.c.layer == "person", table.c.status == "claimed", away)


def _claimed(key: dict[str, str], unit: str | None, *, persons: bool) -> ColumnElement[Any]:
    table = tables.claims
    of_layer = table.c.layer == "person" if persons else table.c.layer != "person"
    return _sum(table, table.c.target, key, unit, of_layer, table.c.status == "claimed")


def _sum(
    table: Any, column: Any, key: dict[str, str], unit: str | None, *where: ColumnElement[bool]
) -> ColumnElement[Any]:
    statement: Select[Any] = select(func.coalesce(func.sum(column), 0)).where(
        *(table.c[name] == value for name, value in key.items()),
        table.c.indicator == tables.indicators.c.indicator,
        *where,
    )
    if unit is not None:
        statement = statement.where(table.c.unit == unit)
    return statement.correlate(tables.indicators).scalar_subquery()
