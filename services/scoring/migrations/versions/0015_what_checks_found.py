"""What spot checks found and what they had listed: how sure a seat is hangs on it (docs/decisions/1101)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "finding",
        *(sa.Column(name, sa.String(64), primary_key=True) for name in ("bureau", "cycle", "spot_check")),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("items", JSONB, nullable=False),
        schema="scoring",
    )
