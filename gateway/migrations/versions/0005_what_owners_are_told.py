"""What happened to an account, for its owner."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "account_events",
        sa.Column("event", sa.String(36), primary_key=True),
        sa.Column("account", sa.String(64), sa.ForeignKey("gateway.accounts.account"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        schema="gateway",
    )
    op.create_index("account_events_by_account", "account_events", ["account", "event"], schema="gateway")
