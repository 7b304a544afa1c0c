"""What belongs to runs beside their inputs: points of items, jobs, the steps of the selection, self-scores."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    from services.scoring.migrations.third import metadata
    from shared.migrations import create_all

    create_all(metadata)
