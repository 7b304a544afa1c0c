"""The organisation of days to come: what waits, and for which day the others were told where a person is."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SCHEMA = "targets"


def upgrade() -> None:
    in_force = sa.Column("in_force", sa.Boolean, nullable=False, server_default=sa.text("true"))
    op.add_column("organisation_history", in_force, schema=SCHEMA)
    # whoever moved since they were told last is told of once; the release before, which knows no such column, tells for today
    told = sa.Column("told_on", sa.Date, nullable=False, server_default=sa.text("'1949-10-01'"))
    op.add_column("persons", told, schema=SCHEMA)
    op.alter_column("persons", "told_on", server_default=sa.text("CURRENT_DATE"), schema=SCHEMA)
