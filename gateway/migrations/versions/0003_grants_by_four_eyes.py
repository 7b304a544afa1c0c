"""Roles that wait for a second account's word."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "grant_proposals",
        sa.Column("proposal", sa.String(36), primary_key=True),
        sa.Column("account", sa.String(64), sa.ForeignKey("gateway.accounts.account"), nullable=False),
        sa.Column("bureau", sa.String(64), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("target", sa.String(64)),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("proposed_bureau", sa.String(64), nullable=False),
        sa.Column("proposed_person", sa.String(64)),
        _instant("proposed_at"),
        _instant("expires_at"),
        sa.Column("decided_by", sa.String(64)),
        _instant("decided_at", nullable=True),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        schema="gateway",
    )
    for name, columns in {"account": ["account", "proposal"], "bureau": ["bureau", "proposal"]}.items():
        op.create_index(f"grant_proposals_by_{name}", "grant_proposals", columns, schema="gateway")
