"""What is known of the files that belong to a case or to an entry: as declarations' evidence has them (shared/stored_files.py), and whose they are."""

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, String, Table, Text

from services.complaints.storage.tables import metadata

__all__ = ["case_attachments", "entry_pictures", "metadata"]


def _files(name: str, of: str, *own: Column[str]) -> Table:
    return Table(
        name,
        metadata,
        Column("bureau", String(20), nullable=False),
        Column("cycle", String(20), nullable=False),  # the case's; of an entry's picture the year in which it came
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
        Column("code", String(36), nullable=False),  # the case, the entry
        Column("note", Text, nullable=False, server_default=""),
        *own,
        Index(f"ix_{name}_{of}", "bureau", "code"),
        Index(f"ix_{name}_content", "bureau", "sha256"),
        Index(f"ix_{name}_owner", "bureau", "cycle", "owner", "status"),
        Index(f"ix_{name}_stored", "stored_as"),
    )


case_attachments = _files("case_attachments", "case")
entry_pictures = _files("entry_pictures", "entry", Column("shows", String(20), nullable=False))
