"""The live standing follows what was touched instead of being scored anew and stored whole (docs/decisions/0316)."""

from alembic import op

from services.scoring.storage.touched import metadata

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)
    op.execute("ALTER TABLE scoring.facts_version ADD COLUMN epoch uuid NOT NULL DEFAULT gen_random_uuid()")
    op.execute("CREATE INDEX fact_item ON scoring.fact (bureau, subject, indicator)")
    op.execute("DROP INDEX IF EXISTS scoring.fact_subject")
    op.execute("DELETE FROM scoring.score WHERE run = 'standing'")
    op.execute("DROP TABLE IF EXISTS scoring.standing")
