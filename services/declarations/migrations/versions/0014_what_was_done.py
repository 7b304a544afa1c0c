"""Of each deed the step that was taken: a status that stays tells nothing of progress, or of another deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("deed", sa.Column("step", sa.String(100)), schema="declarations")
