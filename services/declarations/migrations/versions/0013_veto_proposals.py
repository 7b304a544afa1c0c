"""Vetoes that complaints proposed, each with the revision that was heard of last and the veto that it became."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "veto_proposal",
        sa.Column("bureau", sa.String(100), primary_key=True),
        sa.Column("proposal", sa.String(100), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("cycle", sa.String(100), nullable=False),
        sa.Column("status", sa.String(100), nullable=False),
        sa.Column("veto", sa.String(100)),
        schema="declarations",
    )
