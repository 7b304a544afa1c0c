"""How many records a clock says that it holds, how many of it were kept since, and by how many it was ahead when it was least."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute(
        """ALTER TABLE attendance.devices
            ADD COLUMN IF NOT EXISTS held integer,
            ADD COLUMN IF NOT EXISTS kept integer NOT NULL DEFAULT 0,
            ADD COLUMN IF NOT EXISTS ahead integer"""
    )
