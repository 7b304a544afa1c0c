"""Channels: hints for pages, addresses and choices of people, webhooks of bureaus, and what is sent to them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

CODE = sa.String(64)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute('CREATE SEQUENCE "gateway".hint_order')
    op.create_table(
        "hints",
        sa.Column("bureau", CODE, nullable=False),
        sa.Column("audience", sa.String(100), nullable=False),
        sa.Column("family", CODE, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("bureau", "audience", "family"),
        schema="gateway",
    )
    op.create_index("hints_by_seq", "hints", ["seq"], schema="gateway")
    op.create_table(
        "told_notices",
        sa.Column("notice", CODE, primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        schema="gateway",
    )
    op.create_index("told_notices_by_age", "told_notices", ["at"], schema="gateway")
    _of_people()
    _of_bureaus()
    _deliveries()


def _of_people() -> None:
    op.create_table(
        "mail_addresses",
        sa.Column("account", CODE, primary_key=True),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("confirmed_at", INSTANT),
        sa.Column("digest", sa.Boolean, nullable=False, server_default="false"),
        sa.Column("wanted", sa.String(254)),
        sa.Column("code", sa.LargeBinary(32)),
        sa.Column("code_until", INSTANT),
        sa.Column("guesses", sa.Integer, nullable=False, server_default="0"),
        sa.Column("codes_sent", sa.Integer, nullable=False, server_default="0"),
        sa.Column("first_code_at", INSTANT),
        schema="gateway",
    )
    op.create_table(
        "notice_choices",
        sa.Column("account", CODE, nullable=False),
        sa.Column("of_class", sa.String(40), nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("wanted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("account", "of_class", "way"),
        schema="gateway",
    )


def _of_bureaus() -> None:
    op.create_table(
        "bureau_channels",
        sa.Column("channel", sa.String(36), primary_key=True),
        sa.Column("bureau", CODE, nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("succeeded_at", INSTANT),
        sa.Column("failed_at", INSTANT),
        sa.Column("failure", sa.Text, nullable=False, server_default=""),
        schema="gateway",
    )
    op.create_index("bureau_channels_by_bureau", "bureau_channels", ["bureau", "channel"], schema="gateway")


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("delivery", sa.String(36), primary_key=True),
        sa.Column("bureau", CODE, nullable=False),
        sa.Column("notice", CODE, nullable=False),
        sa.Column("account", CODE, nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(36), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.UniqueConstraint("notice", "account", "way", "channel", name="delivery_once"),
        schema="gateway",
    )
    waiting = sa.text("status = 'waiting'")
    op.create_index("deliveries_due", "deliveries", ["due_at"], schema="gateway", postgresql_where=waiting)
    op.create_index("deliveries_by_bureau", "deliveries", ["bureau", "status", "delivery"], schema="gateway")
