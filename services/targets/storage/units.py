"""Bureaus, units and positions."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.targets.domain.units import Position, Unit
from services.targets.storage import tables
from services.targets.storage.lists import ListPage, matching
from shared.clock import now
from shared.contracts.targets.commands.units import PositionQuery, UnitQuery
from shared.database import Row, upsert_newer
from shared.pages import asked, keyset, mentioning


class Bureaus:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, bureau: str, name: str) -> bool:
        """Add a bureau; False where the code is taken."""
        statement = insert(tables.bureaus).values(bureau=bureau, name=name, created_at=now())
        result = self._session.execute(statement.on_conflict_do_nothing().returning(tables.bureaus.c.bureau))
        return result.first() is not None

    def exists(self, bureau: str) -> bool:
        found = select(tables.bureaus.c.bureau).where(tables.bureaus.c.bureau == bureau)
        return self._session.execute(found).first() is not None

    def lock(self, bureau: str) -> bool:
        """Lock the bureau: imports of one bureau's organisation and staff go one after
        another; False where there is no such bureau."""
        found = select(tables.bureaus.c.bureau).where(tables.bureaus.c.bureau == bureau).with_for_update()
        return self._session.execute(found).first() is not None

    def all_codes(self) -> list[str]:
        return list(self._session.scalars(select(tables.bureaus.c.bureau).order_by(tables.bureaus.c.bureau)))

    def page(self, only: str | None, after: str | None, limit: int) -> Row:
        table = tables.bureaus
        statement = select(table.c.bureau, table.c.name)
        if only is not None:
            statement = statement.where(table.c.bureau == only)
        return keyset(self._session, statement, order=[table.c.bureau], after=after, limit=limit)


class Units:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def all(self) -> dict[str, Unit]:
        table = tables.units
        rows = self._session.execute(select(table).where(table.c.bureau == self._bureau).order_by(table.c.unit))
        return {row["unit"]: _unit(row) for row in rows.mappings()}

    def get(self, unit: str) -> Unit | None:
        table = tables.units
        found = select(table).where(table.c.bureau == self._bureau, table.c.unit == unit)
        row = self._session.execute(found).mappings().first()
        return _unit(row) if row else None

    def save(self, units: Iterable[Unit]) -> None:
        rows = [{"bureau": self._bureau, **asdict(unit)} for unit in units]
        upsert_newer(self._session, tables.units, rows, ("bureau", "unit"))

    def page(self, query: UnitQuery) -> ListPage[Row]:
        table = tables.units
        statement = select(*(column for column in table.c if column.name not in ("bureau", "by")))
        statement = statement.where(table.c.bureau == self._bureau)
        statement = statement.where(*matching(table, kind=query["kind"], line=query["line"]))
        statement = statement.where(*mentioning(query["q"], table.c.unit, table.c.name))
        columns = {name: table.c[name] for name in ("unit", "name", "kind", "line")}
        return ListPage.read(keyset(self._session, statement, **asked(query, columns, [table.c.unit])), dict)


class Positions:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def all(self) -> dict[str, Position]:
        table = tables.positions
        rows = self._session.execute(select(table).where(table.c.bureau == self._bureau)).mappings()
        return {row["position"]: Position(**{name: row[name] for name in row if name != "bureau"}) for row in rows}

    def save(self, positions: Iterable[Position]) -> None:
        rows = [{"bureau": self._bureau, **asdict(position)} for position in positions]
        upsert_newer(self._session, tables.positions, rows, ("bureau", "position"))

    def page(self, query: PositionQuery) -> ListPage[Row]:
        table = tables.positions
        statement = select(*(column for column in table.c if column.name != "bureau"))
        statement = statement.where(table.c.bureau == self._bureau)
        statement = statement.where(*matching(table, unit_kind=query["unit_kind"]))
        statement = statement.where(*mentioning(query["q"], table.c.position, table.c.title))
        columns = {name: table.c[name] for name in ("position", "title", "unit_kind", "line")}
        return ListPage.read(keyset(self._session, statement, **asked(query, columns, [table.c.position])), dict)


def _unit(row: Mapping[Any, Any]) -> Unit:
    return Unit(**{name: row[name] for name in row if name != "bureau"})
