"""The model says which evaluation counts: as cast, or adjusted for its raters' severity (docs/decisions/0324)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "model",
        sa.Column("bureau", sa.String(64), primary_key=True),
        sa.Column("cycle", sa.String(64), primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("evaluations", sa.String(64), nullable=False),
        schema="scoring",
    )
    op.execute("ALTER TABLE scoring.fact ADD COLUMN adjusted text")
