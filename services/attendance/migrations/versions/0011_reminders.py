"""Who was reminded of which day's missed points, and on which evening everybody was."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE IF NOT EXISTS attendance.reminders (
            bureau varchar(20) NOT NULL, person varchar(20) NOT NULL, day date NOT NULL, told_at timestamptz NOT NULL,
            PRIMARY KEY (bureau, person, day))"""
    )
