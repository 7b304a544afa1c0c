"""Whether a campaign counts all its ballots, or none of those that belong to a bloc."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    column = sa.Column("combination", sa.String(100), nullable=False, server_default="plain")
    op.add_column("campaign", column, schema="declarations")
