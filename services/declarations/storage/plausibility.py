"""The office's bounds of what can be true, item by item."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Column, Numeric, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.declarations.domain.plausibility import USUAL, Bounds
from services.declarations.storage.columns import code, table
from services.declarations.storage.copies import look_again
from shared.contracts.declarations.commands.bureau_rules import PlausibleBound

plausible_bound = table(
    "plausible_bound",
    code("bureau", primary_key=True),
    code("cycle", primary_key=True),
    code("indicator", primary_key=True),
    Column("confirm_above", Numeric, nullable=False),
    Column("refuse_above", Numeric, nullable=False),
)
_VALUES = ("confirm_above", "refuse_above")


def set_bounds(session: Session, bureau: str, cycle: str, bounds: Sequence[PlausibleBound]) -> None:
    rows = [{"bureau": bureau, "cycle": cycle, **one} for one in bounds]
    statement = insert(plausible_bound)
    changed = {name: statement.excluded[name] for name in _VALUES}
    session.execute(statement.on_conflict_do_update(constraint=plausible_bound.primary_key, set_=changed), rows)
    look_again(session)


def bounds_of(session: Session, bureau: str, cycle: str) -> list[PlausibleBound]:
    c = plausible_bound.c
    chosen = select(c.indicator, *(c[name] for name in _VALUES)).where(c.bureau == bureau, c.cycle == cycle)
    return [
        {"indicator": row.indicator, "confirm_above": row.confirm_above, "refuse_above": row.refuse_above}
        for row in session.execute(chosen.order_by(c.indicator))
    ]


def bounds_in(confirm_above: Decimal | None, refuse_above: Decimal | None) -> Bounds:
    """Return the bounds that were joined to an indicator's row; the usual ones where the office set none."""
    if confirm_above is None or refuse_above is None:
        return USUAL
    return Bounds(confirm_above, refuse_above)
