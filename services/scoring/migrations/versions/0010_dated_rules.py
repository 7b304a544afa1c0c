"""What a bureau sets otherwise about results holds from a day on (docs/decisions/0125)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "bureau_rule",
        sa.Column("bureau", sa.String(64), primary_key=True),
        sa.Column("rule", sa.String(40), primary_key=True),
        sa.Column("starts", sa.Date, primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
        schema="scoring",
    )
