"""Second factors with their backup codes, and the passwords one had."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("account", sa.String(64), sa.ForeignKey("gateway.accounts.account"), primary_key=True),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        schema="gateway",
    )
    op.create_table(
        "backup_codes",
        sa.Column("account", sa.String(64), sa.ForeignKey("gateway.accounts.account"), primary_key=True),
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        schema="gateway",
    )
    op.create_table(
        "former_passwords",
        sa.Column("account", sa.String(64), sa.ForeignKey("gateway.accounts.account"), primary_key=True),
        sa.Column("password_hash", sa.Text, primary_key=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        schema="gateway",
    )
