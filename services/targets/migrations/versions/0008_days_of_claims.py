"""A claim says for how many days of the cycle it is meant; those of before are meant for all of it (docs/decisions/0315)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("claims", sa.Column("days", sa.Integer), schema="targets")
