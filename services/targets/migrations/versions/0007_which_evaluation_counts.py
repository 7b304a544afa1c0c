"""The model says which evaluation counts: as cast, or adjusted for its raters' severity (docs/decisions/0324)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for table in ("cycles", "models"):
        column = sa.Column("evaluations", sa.Text, nullable=False, server_default="raw")
        op.add_column(table, column, schema="targets")
