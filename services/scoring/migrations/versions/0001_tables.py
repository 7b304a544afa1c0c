"""The first tables of scoring."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    from services.scoring.migrations.first import metadata
    from shared.migrations import create_all

    create_all(metadata)
