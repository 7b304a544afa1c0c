"""What follows a run: publication with its settings, conversations, improvements, problems of indicators, grades."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    from services.scoring.migrations.fourth import metadata
    from shared.migrations import create_all

    create_all(metadata)
    op.execute("ALTER TABLE scoring.cycle ADD COLUMN calendar jsonb NOT NULL DEFAULT '{}'")
