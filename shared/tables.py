"""The tables that every schema has: the outbox (law 3), the audit trail (law 10) and the requests that were carried out."""

# ruff: noqa: S608  # statements are put together from the names of our own tables and columns only

from collections.abc import Iterable
from functools import cache

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)


def metadata_for(schema: str) -> MetaData:
    """Return the metadata of a service's schema, already holding the tables that all have."""
    metadata = MetaData(schema=schema)
    Table(
        "outbox",
        metadata,
        Column("id", BigInteger, Identity(), primary_key=True),
        Column("event", String(100), nullable=False),
        Column("body", Text, nullable=False),
        Column("request_id", Text, nullable=False),
        Column("written_at", DateTime(timezone=True), nullable=False),
    )
    Table(
        "audit",
        metadata,
        Column("seq", BigInteger, autoincrement=False, nullable=False),
        *(Column(name, Text, nullable=False) for name in AUDIT_FIELDS if name != "seq"),
        Column("hash", String(64), nullable=False),
        Column("chain", Text, nullable=False, server_default=""),  # a bureau's code; empty: the one of all
        PrimaryKeyConstraint("chain", "seq", name="audit_pkey"),
        Index("audit_at", "at", "chain", "seq"),
    )
    Table(
        "carried_out",
        metadata,
        Column("request", Text, primary_key=True),  # account and Idempotency-Key
        Column("at", DateTime(timezone=True), nullable=False, index=True),
    )
    return metadata


# What an audit line's hash covers. Texts, as written: a stored type that normalises would break the chain.
AUDIT_FIELDS = (
    "seq",
    "at",
    "account",
    "name",
    "address",
    "request_id",
    "bureau",
    "action",
    "subject",
    "before",
    "after",
)


@cache
def outbox(schema: str) -> Table:
    return metadata_for(schema).tables[f"{schema}.outbox"]


@cache
def audit_trail(schema: str) -> Table:
    return metadata_for(schema).tables[f"{schema}.audit"]


@cache
def carried_out(schema: str) -> Table:
    return metadata_for(schema).tables[f"{schema}.carried_out"]


def inserting(table: Table, names: Iterable[str], rows: str = "rows") -> str:
    """Return an INSERT whose rows travel as one JSON, the parameter ``rows``, so that its text and its cost
    are one statement's, however many they are.

    ``json``, not ``jsonb``: a column of the type JSON keeps its text as it was written.
    """
    columns = ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT INTO {table.fullname} AS held ({columns})"
        f" SELECT {columns} FROM json_populate_recordset(NULL::{table.fullname}, CAST(:{rows} AS json))"
    )
