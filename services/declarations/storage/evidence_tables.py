"""Tables of evidence: what is known of each file, and what refers to it."""

from sqlalchemy import BigInteger, Column, DateTime, Index, String

from services.declarations.storage.columns import code, long_text, revision, table

evidence = table(
    "evidence",
    code("bureau"),
    code("cycle"),
    code("evidence", primary_key=True),
    revision(),
    code("status"),
    long_text("name"),
    code("kind"),
    long_text("media_type"),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    code("stored_as"),
    code("owner"),
    Column("reserved_at", DateTime(timezone=True), nullable=False),
    Index("evidence_owner", "bureau", "cycle", "owner", "status"),
    Index("evidence_content", "bureau", "sha256"),
    Index("evidence_stored", "stored_as"),
    Index("evidence_status", "bureau", "status", "reserved_at"),
)
# ``aggregate`` is the id of a declaration, task order, contribution, veto … of ``kind``; who sees that, sees the file.
evidence_use = table(
    "evidence_use",
    code("bureau"),
    code("cycle"),
    code("evidence", primary_key=True),
    code("kind", primary_key=True),
    code("aggregate", primary_key=True),
    code("subject"),
    code("by"),
    Index("evidence_use_aggregate", "bureau", "cycle", "kind", "aggregate"),
)
