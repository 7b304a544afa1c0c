"""Handovers between colleagues, and the rule by which they stand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0005"
down_revision = "0004"

SCHEMA = "targets"


def upgrade() -> None:
    op.create_table(
        "handovers",
        *_key("bureau", 40),
        *_key("cycle", 10),
        *_key("handover", 40),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        *(sa.Column(name, sa.String(40), nullable=False) for name in ("giver", "taker", "unit")),
        sa.Column("crosses", sa.Boolean, nullable=False),
        sa.Column("items", pg.JSON, nullable=False),
        sa.Column("keep_served", sa.Boolean, nullable=False),
        sa.Column("last_day", sa.Date),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("reason", "by")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("stands_on", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        schema=SCHEMA,
    )
    op.create_index("handovers_by_unit", "handovers", ["bureau", "cycle", "unit"], schema=SCHEMA)
    op.create_table(
        "handover_rules",
        *_key("bureau", 40),
        *_key("cycle", 10),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("confirm", sa.Boolean, nullable=False),
        sa.Column("days", sa.Integer),
        sa.Column("by", sa.Text, nullable=False),
        schema=SCHEMA,
    )


def _key(name: str, length: int) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(length), primary_key=True)]
