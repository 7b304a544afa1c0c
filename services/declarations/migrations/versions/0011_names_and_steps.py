"""Former names, so that a list says what somebody was called in its period; of each deed its reason, and for whom it was done."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0011"
down_revision = "0010"

SCHEMA = "declarations"


def upgrade() -> None:
    for table in ("unit", "person"):
        names = sa.Column("former_names", pg.JSONB, nullable=False, server_default="[]")
        op.add_column(table, names, schema=SCHEMA)
    op.add_column("deed", sa.Column("acted_for", sa.String(100)), schema=SCHEMA)
    op.add_column("deed", sa.Column("reason", sa.Text, nullable=False, server_default=""), schema=SCHEMA)
    op.create_index("deed_item", "deed", ["bureau", "cycle", "item", "seq"], schema=SCHEMA)
