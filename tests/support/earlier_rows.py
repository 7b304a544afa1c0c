"""A row in every table of a schema as it stands, whatever its revision: what an earlier release may have stored."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shared.clock import SHANGHAI
from shared.database import engine_for

CYCLE = "2026"
_VALUES: tuple[tuple[type, Any], ...] = (
    (Boolean, True),
    (Integer, 1),
    (Float, 1),
    (Numeric, 1),
    (DateTime, datetime(2026, 1, 2, 9, tzinfo=SHANGHAI)),
    (Date, date(2026, 1, 2)),
    (JSONB, {}),
    (JSON, {}),
    (ARRAY, []),
    (LargeBinary, b"x"),
    (Uuid, "01a22938-ea09-7a5a-97a7-46c63e2a2e83"),
)


def fill(url: str, schema: str) -> dict[str, int]:
    """Store one row in each table. Returns what ``counted`` tells of it."""
    engine = engine_for(url, pool_size=1)
    with engine.begin() as connection:
        for table in _tables(connection, schema).sorted_tables:
            if _is_cut(connection, table):
                name = f'"{schema}"."{table.name}"'
                connection.execute(
                    text(f"CREATE TABLE {name[:-1]}_{CYCLE}\" PARTITION OF {name} FOR VALUES IN ('{CYCLE}')")
                )
            row = {column.name: _value(column) for column in table.columns if column.identity is None}
            connection.execute(table.insert(), [row])
    engine.dispose()
    return counted(url, schema)


def counted(url: str, schema: str) -> dict[str, int]:
    """Table -> its rows."""
    engine = engine_for(url, pool_size=1)
    with engine.connect() as connection:
        names = [table.fullname for table in _tables(connection, schema).sorted_tables]
        found = {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}
    engine.dispose()
    return found


def _tables(connection: Any, schema: str) -> MetaData:
    metadata = MetaData(schema=schema)
    metadata.reflect(
        connection, schema=schema, only=lambda name, _: name != "alembic_version" and name[-5:] != f"_{CYCLE}"
    )
    return metadata


def _is_cut(connection: Any, table: Table) -> bool:
    kind = connection.execute(
        text("SELECT relkind FROM pg_class WHERE oid = to_regclass(:name)"), {"name": table.fullname}
    )
    return bool(kind.scalar_one() == "p")


def _value(column: Column[Any]) -> Any:
    if column.name == "cycle":
        return CYCLE
    return next((value for kind, value in _VALUES if isinstance(column.type, kind)), "x")
