"""Files of evidence, and what refers to them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

SCHEMA = "declarations"


def _code(name: str, *, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(100), primary_key=primary_key, nullable=False)


def upgrade() -> None:
    op.create_table(
        "evidence",
        _code("bureau"),
        _code("cycle"),
        _code("evidence", primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        _code("status"),
        sa.Column("name", sa.Text, nullable=False, server_default=""),
        _code("kind"),
        sa.Column("media_type", sa.Text, nullable=False, server_default=""),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        _code("stored_as"),
        _code("owner"),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=False),
        schema=SCHEMA,
    )
    _index("evidence_owner", "evidence", "bureau", "cycle", "owner", "status")
    _index("evidence_content", "evidence", "bureau", "sha256")
    _index("evidence_stored", "evidence", "stored_as")
    _index("evidence_status", "evidence", "bureau", "status", "reserved_at")
    op.create_table(
        "evidence_use",
        _code("bureau"),
        _code("cycle"),
        _code("evidence", primary_key=True),
        _code("kind", primary_key=True),
        _code("aggregate", primary_key=True),
        _code("subject"),
        _code("by"),
        schema=SCHEMA,
    )
    _index("evidence_use_aggregate", "evidence_use", "bureau", "cycle", "kind", "aggregate")


def _index(name: str, table: str, *columns: str) -> None:
    op.create_index(name, table, list(columns), schema=SCHEMA)
