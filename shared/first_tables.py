"""The tables that the first revision of every schema made for outbox, audit trail and requests, kept as they were.

What shared/tables.py has beyond them comes with a later revision of each schema.
"""

from sqlalchemy import BigInteger, Column, DateTime, Identity, MetaData, String, Table, Text

_AUDITED = ("at", "account", "name", "address", "request_id", "bureau", "action", "subject", "before", "after")


def first_metadata(schema: str) -> MetaData:
    """Return the metadata that a schema's first tables are added to."""
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
        *(Column(name, Text, nullable=False) for name in _AUDITED),
        Column("hash", String(64), nullable=False),
    )
    Table(
        "carried_out",
        metadata,
        Column("request", Text, primary_key=True),
        Column("at", DateTime(timezone=True), nullable=False, index=True),
    )
    return metadata
