"""What is known of the files that belong to a case: as declarations' evidence has them (shared/stored_files.py), and whose they are."""

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, String, Table, Text

from services.complaints.storage.tables import metadata

__all__ = ["case_attachments", "metadata"]

case_attachments = Table(
    "case_attachments",
    metadata,
    Column("bureau", String(20), nullable=False),
    Column("cycle", String(20), nullable=False),  # the case's
    Column("evidence", String(36), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("stored_as", String(36), nullable=False),
    Column("owner", Text, nullable=False),
    Column("reserved_at", DateTime(timezone=True), nullable=False),
    Column("code", String(36), nullable=False),  # the case
    Column("note", Text, nullable=False, server_default=""),
    Index("ix_case_attachments_case", "bureau", "code"),
    Index("ix_case_attachments_content", "bureau", "sha256"),
    Index("ix_case_attachments_owner", "bureau", "cycle", "owner", "status"),
    Index("ix_case_attachments_stored", "stored_as"),
)
