"""By whom an identity provider vouches for accounts: no account has two such subjects, no subject two accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "identities",
        sa.Column("account", sa.String(64), sa.ForeignKey("gateway.accounts.account"), primary_key=True),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("linked_by", sa.String(64), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        schema="gateway",
    )
    op.create_index("identities_by_subject", "identities", ["issuer", "subject"], unique=True, schema="gateway")
