"""What belongs to runs beside their inputs: points of items, jobs, the steps of the selection, self-scores."""

from alembic import op

from services.scoring.storage.run_tables import metadata

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)
