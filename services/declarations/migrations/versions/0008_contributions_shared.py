"""Contributions with evidence and shares; members of the panel who are recused."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0008"
down_revision = "0007"

SCHEMA = "declarations"


def upgrade() -> None:
    for name in ("evidence", "shares"):
        op.add_column("contribution", sa.Column(name, pg.JSONB, nullable=False, server_default="[]"), schema=SCHEMA)
    op.add_column("contribution", sa.Column("part_of", sa.String(100)), schema=SCHEMA)
    op.add_column("opinion", sa.Column("recused", sa.Boolean, nullable=False, server_default="false"), schema=SCHEMA)
