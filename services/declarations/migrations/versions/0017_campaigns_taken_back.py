"""A subject may be graded again in an item and period once the campaign that graded it was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_index(
        "evaluation_standing",
        "evaluation",
        ["bureau", "cycle", "subject", "period", "indicator"],
        unique=True,
        postgresql_where=sa.text("status <> 'withdrawn'"),
        schema="declarations",
    )
    op.drop_constraint("evaluation_item", "evaluation", schema="declarations")
