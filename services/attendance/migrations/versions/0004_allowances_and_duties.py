"""Shifts that rotate or end, daily time off, a person's own days of leave, time on duty."""

from alembic import op

revision = "0004"
down_revision = "0003"

_STATEMENTS = (
    """ALTER TABLE attendance.shift_assignments
        ADD COLUMN IF NOT EXISTS ends date,
        ADD COLUMN IF NOT EXISTS rotation jsonb NOT NULL DEFAULT '[]'""",
    """CREATE TABLE IF NOT EXISTS attendance.daily_allowances (
        bureau varchar(20) NOT NULL, allowance varchar(36) NOT NULL, person varchar(20) NOT NULL, kind varchar(20) NOT NULL,
        starts date NOT NULL, ends date NOT NULL, arrive_later integer NOT NULL, leave_earlier integer NOT NULL,
        reason text NOT NULL, given_by text NOT NULL, revision integer NOT NULL, PRIMARY KEY (bureau, allowance))""",
    """CREATE INDEX IF NOT EXISTS ix_daily_allowances_person
        ON attendance.daily_allowances (bureau, person, ends)""",
    """CREATE TABLE IF NOT EXISTS attendance.leave_entitlements (
        bureau varchar(20) NOT NULL, person varchar(20) NOT NULL, year varchar(4) NOT NULL, kind varchar(20) NOT NULL,
        minutes integer NOT NULL, reason text NOT NULL, set_by text NOT NULL, set_at timestamptz NOT NULL,
        PRIMARY KEY (bureau, person, year, kind))""",
    """CREATE TABLE IF NOT EXISTS attendance.duties (
        bureau varchar(20) NOT NULL, duty varchar(36) NOT NULL, person varchar(20) NOT NULL,
        starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, name text NOT NULL, status varchar(20) NOT NULL,
        called_by text NOT NULL, revision integer NOT NULL, PRIMARY KEY (bureau, duty))""",
    "CREATE INDEX IF NOT EXISTS ix_duties_person ON attendance.duties (bureau, person, starts_at)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
