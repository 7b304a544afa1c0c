"""Work on a whole bureau's targets in the background, with its progress (docs/decisions/0124)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("bureau", sa.String(40), primary_key=True),
        sa.Column("job", sa.String(40), primary_key=True),
        sa.Column("cycle", sa.String(10), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("body", pg.JSON, nullable=False),
        sa.Column("actor", pg.JSON, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("result", pg.JSON),
        sa.Column("problem", pg.JSON),
        schema="targets",
    )
    op.create_index(
        "jobs_unfinished",
        "jobs",
        ["created_at"],
        schema="targets",
        postgresql_where=sa.text("status IN ('queued', 'running')"),
    )
