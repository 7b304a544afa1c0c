"""Which closings are under way: one that broke off is gone on with."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("ALTER TABLE attendance.months ADD COLUMN IF NOT EXISTS under_way timestamptz")
