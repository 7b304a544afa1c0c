"""Per indicator: the bureau's target, what is allocated of it and what units and persons have claimed."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from services.targets.storage import tables
from shared.pages import keyset


def page_of_balances(
    session: Session, key: dict[str, str], library_revision: int, unit: str | None, after: str | None, limit: int
) -> dict[str, Any]:
    """``key``: bureau and cycle. With ``unit`` the sums are that unit's alone."""
    table = tables.indicators
    statement = select(
        table.c.indicator,
        table.c.name,
        table.c.line,
        table.c.layers,
        table.c.measure_unit,
        table.c.target,
        _sum(tables.allocations, tables.allocations.c.quantity, key, unit).label("allocated"),
        _claimed(key, unit, persons=False).label("claimed_by_units"),
        _claimed(key, unit, persons=True).label("claimed_by_persons"),
    ).filter_by(**key, library_revision=library_revision, rule="ratio")
    return keyset(session, statement, order=[table.c.indicator], after=after, limit=limit)


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
