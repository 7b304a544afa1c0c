"""The first tables of attendance."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    from services.attendance.migrations.first import metadata
    from shared.migrations import create_all

    create_all(metadata)
