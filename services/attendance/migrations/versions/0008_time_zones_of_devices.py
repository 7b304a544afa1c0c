"""In which time zone a clock shows its times, and which times came with their offset."""

from alembic import op

revision = "0008"
down_revision = "0007"

_STATEMENTS = (
    """ALTER TABLE attendance.devices
        ADD COLUMN IF NOT EXISTS time_zone text NOT NULL DEFAULT 'Asia/Shanghai',
        ADD COLUMN IF NOT EXISTS earlier_zones jsonb NOT NULL DEFAULT '[]'""",
    "ALTER TABLE attendance.quarantined_punches ADD COLUMN IF NOT EXISTS zoned boolean NOT NULL DEFAULT false",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
