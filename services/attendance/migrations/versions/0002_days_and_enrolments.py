"""Enrolments and clocks by group and time, decisions on explanations and leaves, dated rules, changes of closed months."""

from alembic import op

revision = "0002"
down_revision = "0001"

# Every statement says IF NOT EXISTS: an installation made from the tables of this release has them already.
_STATEMENTS = (
    """ALTER TABLE attendance.devices
        ADD COLUMN IF NOT EXISTS device_group varchar(20) NOT NULL DEFAULT '',
        ADD COLUMN IF NOT EXISTS drift integer""",
    """ALTER TABLE attendance.enrolments
        ADD COLUMN IF NOT EXISTS device_group varchar(20) NOT NULL DEFAULT '',
        ADD COLUMN IF NOT EXISTS starts date NOT NULL DEFAULT '1970-01-01',
        ADD COLUMN IF NOT EXISTS ends date""",
    "ALTER TABLE attendance.enrolments DROP CONSTRAINT IF EXISTS enrolments_pkey",
    "ALTER TABLE attendance.enrolments DROP CONSTRAINT IF EXISTS pk_enrolments",
    """ALTER TABLE attendance.enrolments
        ADD CONSTRAINT enrolments_pkey PRIMARY KEY (bureau, pin, device_group, starts)""",
    """ALTER TABLE attendance.suspect_punches
        ADD COLUMN IF NOT EXISTS decision varchar(20),
        ADD COLUMN IF NOT EXISTS decided_by text""",
    "ALTER TABLE attendance.shifts ADD COLUMN IF NOT EXISTS flex integer NOT NULL DEFAULT 0",
    """ALTER TABLE attendance.leaves
        ADD COLUMN IF NOT EXISTS requested_by text NOT NULL DEFAULT '',
        ADD COLUMN IF NOT EXISTS steps jsonb NOT NULL DEFAULT '[]'""",
    """ALTER TABLE attendance.corrections
        ADD COLUMN IF NOT EXISTS status varchar(20) NOT NULL DEFAULT 'approved',
        ADD COLUMN IF NOT EXISTS decided_by text NOT NULL DEFAULT ''""",
    """CREATE TABLE IF NOT EXISTS attendance.attendance_rules (
        bureau varchar(20) NOT NULL, rule varchar(40) NOT NULL, starts date NOT NULL, value integer NOT NULL,
        PRIMARY KEY (bureau, rule, starts))""",
    """CREATE TABLE IF NOT EXISTS attendance.downs (
        bureau varchar(20) NOT NULL, down varchar(36) NOT NULL, unit varchar(20) NOT NULL,
        starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, reason text NOT NULL,
        status varchar(20) NOT NULL, proposed_by text NOT NULL, decided_by text NOT NULL, revision integer NOT NULL,
        PRIMARY KEY (bureau, down))""",
    """CREATE TABLE IF NOT EXISTS attendance.month_changes (
        bureau varchar(20) NOT NULL, month varchar(7) NOT NULL, subject varchar(20) NOT NULL, revision integer NOT NULL,
        at timestamptz NOT NULL, by text NOT NULL, cause varchar(40) NOT NULL,
        before jsonb NOT NULL, after jsonb NOT NULL,
        PRIMARY KEY (bureau, month, subject, revision))""",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
