"""The first tables of complaints."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    from services.complaints.migrations.first import metadata
    from shared.migrations import create_all

    create_all(metadata)
