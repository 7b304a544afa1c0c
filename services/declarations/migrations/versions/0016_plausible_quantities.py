"""Above which quantity the office wants an item looked at once more, and above which it cannot be true."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "plausible_bound",
        *(sa.Column(name, sa.String(100), primary_key=True) for name in ("bureau", "cycle", "indicator")),
        sa.Column("confirm_above", sa.Numeric, nullable=False),
        sa.Column("refuse_above", sa.Numeric, nullable=False),
        schema="declarations",
    )
