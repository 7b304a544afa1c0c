"""What lines hold of a target, and what their units have drawn of it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.targets.storage import tables
from services.targets.storage.claim_tables import line_allocations
from services.targets.storage.lists import matching, named
from shared.contracts.targets.commands.allocations_lines import LineAllocationQuery
from shared.database import Row, upsert_newer
from shared.pages import keyset

Source = tuple[str, str]  # indicator, line


class LineAllocations:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def ensure(self, wholes: Iterable[tuple[Source, Decimal]], by: str) -> None:
        """Put in the row of a whole target where there is none yet: nobody has split it."""
        rows = [
            {**self._key, "indicator": indicator, "line": line, "revision": 1, "quantity": quantity, "by": by}
            for (indicator, line), quantity in sorted(wholes)
        ]
        if rows:
            self._session.execute(insert(line_allocations).on_conflict_do_nothing(), rows)

    def of(self, indicators: Iterable[str], *, lock: bool = False) -> dict[Source, tuple[Decimal, int]]:
        """Return quantity and revision of the lines' rows; locked ones are taken in one fixed order."""
        table = line_allocations
        statement = select(table).filter_by(**self._key).where(table.c.indicator.in_(sorted(set(indicators))))
        statement = statement.order_by(table.c.indicator, table.c.line)
        rows = self._session.execute(statement.with_for_update() if lock else statement).mappings()
        return {(row["indicator"], row["line"]): (row["quantity"], row["revision"]) for row in rows}

    def save(self, quantities: Sequence[tuple[Source, Decimal, int]], by: str) -> bool:
        rows = [
            {**self._key, "indicator": indicator, "line": line, "revision": revision, "quantity": quantity, "by": by}
            for (indicator, line), quantity, revision in quantities
        ]
        written = upsert_newer(self._session, line_allocations, rows, ("bureau", "cycle", "indicator", "line"))
        return len(written) == len(rows)

    def drawn(self, indicators: Iterable[str]) -> dict[tuple[str, str], Decimal]:
        """Return what every unit holds of these indicators, by (indicator, unit)."""
        table = tables.allocations
        statement = select(table.c.indicator, table.c.unit, table.c.quantity).filter_by(**self._key)
        rows = self._session.execute(
            statement.where(tuple_(table.c.indicator).in_([(one,) for one in set(indicators)]))
        )
        return {(row[0], row[1]): row[2] for row in rows}

    def page(self, query: LineAllocationQuery, library_revision: int) -> Row:
        table = line_allocations
        statement = named(table, self._key, library_revision)
        statement = statement.where(*matching(table, indicator=query["indicator"], line=query["line"]))
        page = keyset(
            self._session,
            statement,
            order=[table.c.indicator, table.c.line],
            after=query["after"],
            limit=query["limit"],
        )
        return {**page, "items": [{name: one for name, one in row.items() if name != "by"} for row in page["items"]]}
