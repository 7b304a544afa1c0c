"""Sessions are listed and end when they rest; browsers that somebody got in from are known."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    columns = (
        sa.Column("session", sa.String(36), nullable=False, server_default=sa.text("gen_random_uuid()::text")),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.Column("device", sa.String(200), nullable=False, server_default=""),
    )
    for column in columns:
        op.add_column("sessions", column, schema="gateway")
    op.create_index("sessions_by_name", "sessions", ["session"], unique=True, schema="gateway")
    op.create_table(
        "known_devices",
        sa.Column("account", sa.String(64), sa.ForeignKey("gateway.accounts.account"), primary_key=True),
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        schema="gateway",
    )
