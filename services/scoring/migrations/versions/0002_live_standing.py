"""The live standing follows what was touched instead of being scored anew and stored whole (docs/decisions/0316)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "touched",
        sa.Column("bureau", sa.String(64), primary_key=True),
        sa.Column("cycle", sa.String(64), primary_key=True),
        sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("indicator", sa.String(64), primary_key=True),
        schema="scoring",
    )
    op.execute("ALTER TABLE scoring.facts_version ADD COLUMN epoch uuid NOT NULL DEFAULT gen_random_uuid()")
    op.execute("CREATE INDEX fact_item ON scoring.fact (bureau, subject, indicator)")
    op.execute("DROP INDEX IF EXISTS scoring.fact_subject")
    op.execute("DELETE FROM scoring.score WHERE run = 'standing'")
    op.execute("DROP TABLE IF EXISTS scoring.standing")
