"""The copy of what scoring published of past years."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "published_results",
        sa.Column("bureau", sa.String(40), primary_key=True),
        sa.Column("cycle", sa.String(10), primary_key=True),
        sa.Column("subject", sa.String(40), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("layer", sa.Text, nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("items", pg.JSONB, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        schema="targets",
    )
