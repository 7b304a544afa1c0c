"""What the first tables are made of."""

from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from shared.first_tables import first_metadata

metadata: MetaData = first_metadata("declarations")


def table(
    name: str, *parts: Column[Any] | Index | PrimaryKeyConstraint | UniqueConstraint, partitioned: bool = False
) -> Table:
    options = {"postgresql_partition_by": "LIST (cycle)"} if partitioned else {}
    made: Table = Table(name, metadata, *parts, **options)  # type: ignore[call-overload]  # an option of the dialect
    return made


def code(name: str, *, primary_key: bool = False, nullable: bool = False) -> Column[str]:
    return Column(name, String(100), primary_key=primary_key, nullable=nullable)


def long_text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def revision() -> Column[int]:
    return Column("revision", Integer, nullable=False)
