"""The office's bounds of what can be true, item by item."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Numeric, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.declarations.domain.plausibility import USUAL, Bounds
from services.declarations.storage.columns import code, table

plausible_bound = table(
    "plausible_bound",
    code("bureau", primary_key=True),
    code("cycle", primary_key=True),
    code("indicator", primary_key=True),
    Column("confirm_above", Numeric, nullable=False),
    Column("refuse_above", Numeric, nullable=False),
)
_VALUES = ("confirm_above", "refuse_above")


def set_bounds(session: Session, bureau: str, cycle: str, bounds: Sequence[Mapping[str, Any]]) -> None:
    rows = [{"bureau": bureau, "cycle": cycle, "indicator": one["indicator"], **_values(one)} for one in bounds]
    statement = insert(plausible_bound)
    changed = {name: statement.excluded[name] for name in _VALUES}
    session.execute(statement.on_conflict_do_update(constraint=plausible_bound.primary_key, set_=changed), rows)


def bounds_of(session: Session, bureau: str, cycle: str) -> list[dict[str, Any]]:
    c = plausible_bound.c
    chosen = select(c.indicator, *(c[name] for name in _VALUES)).where(c.bureau == bureau, c.cycle == cycle)
    return [dict(row) for row in session.execute(chosen.order_by(c.indicator)).mappings()]


def bounds_in(confirm_above: Decimal | None, refuse_above: Decimal | None) -> Bounds:
    """Return the bounds that were joined to an indicator's row; the usual ones where the office set none."""
    if confirm_above is None or refuse_above is None:
        return USUAL
    return Bounds(confirm_above, refuse_above)


def _values(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in _VALUES}
