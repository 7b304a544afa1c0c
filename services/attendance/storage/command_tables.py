"""Tables of what clocks are told to do, and of the users that they have."""

from sqlalchemy import BigInteger, Column, Identity, Index, Integer, String, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from services.attendance.storage.tables import instant_column, metadata

# One open command of a kind about the same thing for each clock: ordered again it is the same one.
device_commands = Table(
    "device_commands",
    metadata,
    Column("number", BigInteger, Identity(), primary_key=True),  # by which the clock answers
    Column("bureau", String(20), nullable=False),
    Column("serial", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("about", Text, nullable=False),  # the PIN, the days; "" the clock itself
    Column("params", JSONB, nullable=False),
    Column("status", String(20), nullable=False),  # waiting, given, done, failed, expired, cancelled
    Column("reason", Text, nullable=False),
    Column("ordered_by", Text, nullable=False),
    instant_column("ordered_at"),
    instant_column("expires_at"),
    instant_column("given_at", nullable=True),
    Column("attempts", Integer, nullable=False),  # how often it was given
    instant_column("answered_at", nullable=True),
    Column("result", BigInteger, nullable=True),  # as the clock says; negative: an error
    Column("answer", Text, nullable=False),
    Column("counted", BigInteger, nullable=True),  # records, by the clock
    Column("ours", BigInteger, nullable=True),  # of the same days, by us
    Index(
        "ix_device_commands_open",
        "serial",
        "kind",
        "about",
        unique=True,
        postgresql_where=text("status IN ('waiting', 'given')"),
    ),
    Index("ix_device_commands_serial", "bureau", "serial", "number"),
)

# PIN and name, and when the clock told that it has a finger or a face; cards, passwords and templates never come so far.
device_users = Table(
    "device_users",
    metadata,
    Column("serial", String(64), primary_key=True),
    Column("pin", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    instant_column("seen_at"),
    instant_column("biometric_at", nullable=True),
)
