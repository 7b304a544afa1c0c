"""The gateway's first tables."""

from gateway.migrations.first import metadata
from shared.migrations import create_all

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_all(metadata)
