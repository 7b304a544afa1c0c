"""Explanations tell why votes are not simply those cast (docs/decisions/0324)."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("ALTER TABLE scoring.fact ADD COLUMN ballots jsonb")
