"""What a token lets its bearer do, and when it was used."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    columns = (
        sa.Column("reads_only", sa.Boolean, nullable=False, server_default="false"),
        sa.Column("families", pg.JSONB),
        sa.Column("networks", pg.JSONB),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("used_from", sa.String(64)),
    )
    for column in columns:
        op.add_column("tokens", column, schema="gateway")
