"""What was done to the draft of a library, so that each change can be taken back (docs/decisions/0150)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "draft_changes",
        sa.Column("bureau", sa.String(40), primary_key=True),
        sa.Column("cycle", sa.String(10), primary_key=True),
        sa.Column("change", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("library_revision", sa.Integer, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("indicator", sa.String(10)),
        sa.Column("before", pg.JSON),
        sa.Column("after", pg.JSON),
        sa.Column("proposal", sa.String(40)),
        sa.Column("takes_back", sa.Integer),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        schema="targets",
    )
