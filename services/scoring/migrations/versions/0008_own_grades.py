"""The own grade of whoever decides waits for another member of the panel (docs/decisions/0326)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    for column in (
        sa.Column("awaiting", sa.String(64)),
        sa.Column("confirmed_by", sa.String(64)),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("grading", column, schema="scoring")
