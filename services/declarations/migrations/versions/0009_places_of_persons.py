"""From when to when a person was there: periods outside are not due (docs/decisions/0302). Known with the person's next state."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    places = sa.Column("places", pg.JSONB, nullable=False, server_default="[]")
    op.add_column("person", places, schema="declarations")
