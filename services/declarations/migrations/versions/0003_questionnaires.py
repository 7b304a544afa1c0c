"""Questionnaires with dimensions and weighted groups, sealed ballots, results with what was left out; names of people and units."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0003"
down_revision = "0002"

SCHEMA = "declarations"


def upgrade() -> None:
    for table in ("unit", "person"):
        op.add_column(table, sa.Column("name", sa.Text, nullable=False, server_default=""), schema=SCHEMA)
    for name in ("dimensions", "groups"):
        op.add_column("campaign", sa.Column(name, pg.JSONB, nullable=False, server_default="[]"), schema=SCHEMA)
    op.add_column("evaluation", sa.Column("votes", sa.Integer, nullable=False, server_default="0"), schema=SCHEMA)
    op.add_column("evaluation", sa.Column("left_out", pg.JSONB, nullable=False, server_default="[]"), schema=SCHEMA)
    op.add_column("evaluation", sa.Column("adjusted", sa.Numeric(5, 4)), schema=SCHEMA)
    op.create_table(
        "sealed_ballot",
        sa.Column("ballot", sa.String(100), primary_key=True),
        sa.Column("campaign", sa.String(100), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        schema=SCHEMA,
    )
    op.create_index("sealed_ballot_campaign", "sealed_ballot", ["campaign"], schema=SCHEMA)
    _keep_what_there_is()


def _keep_what_there_is() -> None:
    """Campaigns name their groups from now on, and closed ones say how many votes they counted."""
    op.execute(
        "UPDATE declarations.campaign c SET groups = g.groups FROM (SELECT campaign, jsonb_agg(jsonb_build_object("
        "'group', rater_group, 'weight', NULL, 'minimum', 0) ORDER BY rater_group) AS groups FROM"
        " (SELECT DISTINCT campaign, rater_group FROM declarations.participation) one GROUP BY campaign) g"
        " WHERE g.campaign = c.campaign"
    )
    op.execute(
        "UPDATE declarations.evaluation e SET votes = (SELECT coalesce(sum(number::numeric), 0)"
        " FROM jsonb_each_text(e.counts) AS given(grade, number)) WHERE status = 'closed'"
    )
