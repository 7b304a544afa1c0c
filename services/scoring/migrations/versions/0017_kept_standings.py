"""Standings that a process begins with, instead of reading the year (docs/decisions/1110)."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "kept_standing",
        *(sa.Column(name, sa.String(64), primary_key=True) for name in ("bureau", "cycle")),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("organisation_epoch", sa.String(36), nullable=False),
        sa.Column("organisation_version", sa.BigInteger, nullable=False),
        sa.Column("facts_epoch", sa.String(36), nullable=False),
        sa.Column("facts_version", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frame_hash", sa.String(64), nullable=False),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("frame", "points", "vetoes")),
        schema="scoring",
    )
