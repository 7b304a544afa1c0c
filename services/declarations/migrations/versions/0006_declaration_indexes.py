"""Indexes of declarations: by indicator and period, and those whose machine figures changed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SCHEMA = "declarations"


def upgrade() -> None:
    columns = ["bureau", "cycle", "indicator", "period", "declaration"]
    op.create_index("declaration_indicator", "declaration", columns, schema=SCHEMA)
    changed = sa.text("machine_now IS NOT NULL")
    op.create_index(
        "declaration_changed",
        "declaration",
        ["bureau", "cycle", "declaration"],
        schema=SCHEMA,
        postgresql_where=changed,
    )
