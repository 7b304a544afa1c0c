"""Claims by indicator, for what a change of the library does to them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.targets.domain.claims import Claim
from services.targets.storage import tables
from services.targets.storage.claims import Claims


def held_on(session: Session, bureau: str, cycle: str, indicators: Sequence[str]) -> list[Claim]:
    """Return claims that hold on any of ``indicators``, in the order in which they are to be locked and changed."""
    table = tables.claims
    statement = (
        select(table.c.indicator, table.c.subject)
        .filter_by(bureau=bureau, cycle=cycle, status="claimed")
        .where(table.c.indicator.in_(indicators))
        .order_by(table.c.indicator, table.c.subject)
    )
    keys = [(indicator, subject) for indicator, subject in session.execute(statement)]
    found = Claims(session, bureau, cycle).some(keys) if keys else {}
    return [found[key] for key in keys]


def sums_on(session: Session, bureau: str, cycle: str, indicators: Sequence[str]) -> dict[str, dict[str, Decimal]]:
    """Return indicator -> what is allocated of it, claimed by units, claimed by persons."""
    claims, allocations = tables.claims, tables.allocations
    key = {"bureau": bureau, "cycle": cycle}
    found: dict[str, dict[str, Decimal]] = {
        code: {"allocated": Decimal(0), "claimed_by_units": Decimal(0), "claimed_by_persons": Decimal(0)}
        for code in indicators
    }
    allocated: Any = select(allocations.c.indicator, func.sum(allocations.c.quantity)).filter_by(**key)
    for code, total in session.execute(
        allocated.where(allocations.c.indicator.in_(indicators)).group_by(allocations.c.indicator)
    ):
        found[code]["allocated"] = total
    person = claims.c.layer == "person"
    claimed: Any = select(claims.c.indicator, person, func.sum(claims.c.target)).filter_by(**key, status="claimed")
    for code, by_persons, total in session.execute(
        claimed.where(claims.c.indicator.in_(indicators)).group_by(claims.c.indicator, person)
    ):
        found[code]["claimed_by_persons" if by_persons else "claimed_by_units"] = total or Decimal(0)
    return found
