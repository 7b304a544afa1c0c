"""The last day for appeals against published scores is that of the publication (docs/decisions/0327)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("published_run", sa.Column("objections_until", sa.Date), schema="declarations")
