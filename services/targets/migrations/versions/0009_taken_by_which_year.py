"""Which year's library took a proposal in: not only that in which it was made (docs/decisions/0118)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("indicator_proposals", sa.Column("library_cycle", sa.String(10)), schema="targets")
