"""What was decided on punches of unapproved clocks and on lines that are no punch; to what a doubtful time was corrected; who signed a month."""

from alembic import op

revision = "0005"
down_revision = "0004"

_STATEMENTS = (
    "ALTER TABLE attendance.suspect_punches ADD COLUMN IF NOT EXISTS corrected_to timestamptz",
    """ALTER TABLE attendance.quarantined_punches
        ADD COLUMN IF NOT EXISTS decision varchar(20), ADD COLUMN IF NOT EXISTS decided_by text""",
    """ALTER TABLE attendance.rejected_lines
        ADD COLUMN IF NOT EXISTS decision varchar(20), ADD COLUMN IF NOT EXISTS decided_by text""",
    """CREATE TABLE IF NOT EXISTS attendance.month_signatures (
        bureau varchar(20) NOT NULL, month varchar(7) NOT NULL, subject varchar(20) NOT NULL, standing varchar(20) NOT NULL,
        revision integer NOT NULL, signed_by text NOT NULL, name text NOT NULL, at timestamptz NOT NULL,
        PRIMARY KEY (bureau, month, subject, standing))""",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
