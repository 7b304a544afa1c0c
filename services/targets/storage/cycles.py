"""Cycles. Weights are kept as text within JSON: they are decimals, and JSON's numbers are not."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.targets.domain.cycles import DISCARDED, Cycle
from services.targets.storage import tables
from shared.database import ensure_partition, upsert_newer
from shared.pages import keyset


class Cycles:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def get(self, cycle: str, *, lock: bool = False, shared: bool = False) -> Cycle | None:
        """Get the cycle; ``lock``: nobody else changes it before the commit; ``shared``: others may hold it as well."""
        table = tables.cycles
        statement = select(table).where(*self._known(), table.c.cycle == cycle)
        row = self._session.execute(statement.with_for_update(read=shared) if lock else statement).mappings().first()
        return _cycle(row) if row else None

    def all(self) -> list[Cycle]:
        rows = self._session.execute(select(tables.cycles).where(*self._known()).order_by(tables.cycles.c.cycle))
        return [_cycle(row) for row in rows.mappings()]

    def discarded(self) -> list[Cycle]:
        """Return the years that were thrown away and not begun anew: others have heard of them."""
        c = tables.cycles.c
        rows = self._session.execute(
            select(tables.cycles).where(c.bureau == self._bureau, c.status == DISCARDED).order_by(c.cycle)
        )
        return [_cycle(row) for row in rows.mappings()]

    def save(self, cycle: Cycle) -> bool:
        """Save it; False where a cycle of this revision or a later one is stored already."""
        row = {"bureau": self._bureau, **vars(cycle)}
        row |= {"weights": as_text(cycle.weights), "composite": as_text(cycle.composite)}
        row |= {"tie_chain": list(cycle.tie_chain), "calendar": dict(cycle.calendar)}
        return bool(upsert_newer(self._session, tables.cycles, [row], ("bureau", "cycle")))

    def prepare(self, cycle: str) -> None:
        """Make the cycle's own parts of the tables that are cut by cycle."""
        for table in (tables.proposals, tables.claims):
            ensure_partition(self._session, table, cycle)

    def page(self, after: str | None, limit: int) -> tuple[list[Cycle], str | None]:
        table = tables.cycles
        statement = select(table).where(*self._known())
        page = keyset(self._session, statement, order=[table.c.cycle], after=after, limit=limit)
        return [_cycle(row) for row in page["items"]], page["next"]

    def _known(self) -> tuple[Any, Any]:
        return tables.cycles.c.bureau == self._bureau, tables.cycles.c.status != DISCARDED


def as_text(weights: Any) -> Any:
    if isinstance(weights, Mapping):
        return {name: as_text(inner) for name, inner in weights.items()}
    return str(weights)


def as_decimals(weights: Any) -> Any:
    if isinstance(weights, Mapping):
        return {name: as_decimals(inner) for name, inner in weights.items()}
    return Decimal(weights)


def _cycle(row: Mapping[Any, Any]) -> Cycle:
    values = {name: row[name] for name in row if name != "bureau"}
    values |= {"weights": as_decimals(row["weights"]), "composite": as_decimals(row["composite"])}
    return Cycle(**{**values, "tie_chain": tuple(row["tie_chain"])})
