"""What years' reports say in words, version by version (docs/decisions/0152)."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "report_text",
        *(sa.Column(name, sa.String(64), primary_key=True) for name in ("bureau", "cycle", "scope", "target")),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("next_steps", sa.Text, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        schema="scoring",
    )
