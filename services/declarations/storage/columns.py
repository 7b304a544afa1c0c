"""The metadata of the schema ``declarations`` and the columns that its tables are made of."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from shared.database import Row, metadata_for

metadata: MetaData = metadata_for("declarations")


def table(
    name: str, *parts: Column[Any] | Index | PrimaryKeyConstraint | UniqueConstraint, partitioned: bool = False
) -> Table:
    options = {"postgresql_partition_by": "LIST (cycle)"} if partitioned else {}
    made: Table = Table(name, metadata, *parts, **options)  # type: ignore[call-overload]  # an option of the dialect
    return made


def code(name: str, *, primary_key: bool = False, nullable: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, String(100), primary_key=primary_key, nullable=nullable, server_default=default)


def long_text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def revision() -> Column[int]:
    return Column("revision", Integer, nullable=False)


def told(table: Table, *hidden: str) -> list[Column[Any]]:
    """Return the columns that answers show: the bureau is the reader's own."""
    return [column for column in table.columns if column.name not in ("bureau", *hidden)]


def without_bureau(state: Mapping[str, Any]) -> Row:
    """Return what answers show of a state."""
    return {name: value for name, value in state.items() if name != "bureau"}
