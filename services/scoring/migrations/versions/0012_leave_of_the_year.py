"""Days of sick and personal leave, month by month: over half a year of them leaves a person without a grade."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "leave_month",
        sa.Column("bureau", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("days", sa.Numeric, nullable=False),
        schema="scoring",
    )
