"""A run is frozen over what still waits for its assessor only where the panel has said so, item by item (docs/decisions/0331)."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "assumed",
        *(sa.Column(name, sa.String(64), primary_key=True) for name in ("bureau", "cycle", "kind", "fact")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        schema="scoring",
    )
