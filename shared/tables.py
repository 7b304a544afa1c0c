"""The two tables that every schema has: the outbox (law 3) and the audit trail (law 10)."""

from functools import cache

from sqlalchemy import BigInteger, Column, DateTime, Identity, MetaData, String, Table, Text


def metadata_for(schema: str) -> MetaData:
    """The metadata of a service's schema, already holding its outbox and its audit trail."""
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
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
        *(Column(name, Text, nullable=False) for name in AUDIT_FIELDS if name != "seq"),
        Column("hash", String(64), nullable=False),
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
