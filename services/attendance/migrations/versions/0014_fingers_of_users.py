"""When a clock told that it has a finger or a face of a user."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute("ALTER TABLE attendance.device_users ADD COLUMN IF NOT EXISTS biometric_at timestamptz")
