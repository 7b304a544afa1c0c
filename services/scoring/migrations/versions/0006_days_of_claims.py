"""A claim says for how many days of the cycle it is meant; those of before are meant for all of it (docs/decisions/0315)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("claim", sa.Column("days", sa.Integer), schema="scoring")
