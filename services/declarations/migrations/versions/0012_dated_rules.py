"""What a bureau sets otherwise holds from a day on; terms of appeals too, and what was decided before keeps its own (docs/decisions/0125)."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
SCHEMA = "declarations"


def upgrade() -> None:
    op.create_table(
        "bureau_rule",
        sa.Column("bureau", sa.String(100), primary_key=True),
        sa.Column("rule", sa.String(40), primary_key=True),
        sa.Column("starts", sa.Date, primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "appeal_terms_since",
        *(sa.Column(name, sa.String(100), primary_key=True) for name in ("bureau", "cycle")),
        sa.Column("since", sa.Date, primary_key=True),
        sa.Column("file_days", sa.Integer, nullable=False),
        sa.Column("decide_days", sa.Integer, nullable=False),
        schema=SCHEMA,
    )
