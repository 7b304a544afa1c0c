"""From where a clock may speak, what is suspicious about its addresses, and from where what waits came."""

from alembic import op

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    """ALTER TABLE attendance.devices
        ADD COLUMN IF NOT EXISTS networks text[] NOT NULL DEFAULT '{}',
        ADD COLUMN IF NOT EXISTS addresses text[] NOT NULL DEFAULT '{}',
        ADD COLUMN IF NOT EXISTS previous_address text NOT NULL DEFAULT '',
        ADD COLUMN IF NOT EXISTS previous_until timestamptz""",
    "ALTER TABLE attendance.quarantined_punches ADD COLUMN IF NOT EXISTS address text NOT NULL DEFAULT ''",
    """CREATE TABLE IF NOT EXISTS attendance.device_alarms (
        bureau varchar(20) NOT NULL, alarm varchar(36) NOT NULL, serial varchar(64) NOT NULL, kind varchar(20) NOT NULL,
        address text NOT NULL, other text NOT NULL, first_at timestamptz NOT NULL, last_at timestamptz NOT NULL,
        seen integer NOT NULL, status varchar(20) NOT NULL, settled_by text NOT NULL, remark text NOT NULL,
        revision integer NOT NULL, PRIMARY KEY (bureau, alarm))""",
    """CREATE UNIQUE INDEX IF NOT EXISTS ix_device_alarms_open
        ON attendance.device_alarms (bureau, serial, kind, address) WHERE status = 'open'""",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
