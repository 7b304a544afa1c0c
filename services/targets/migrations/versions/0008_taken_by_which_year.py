"""Which year's library took a proposal in: not only that in which it was made (docs/decisions/0118)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("indicator_proposals", sa.Column("library_cycle", sa.String(10)), schema="targets")
