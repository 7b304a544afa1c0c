"""Tables of what is decided about days: dated rules, clocks out of order, changes of closed months."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from services.attendance.storage.tables import bureau_column, instant_column, metadata
from shared.dated_rules import rules_table

# Rules of the bureau, each from a day on (domain/rules.py has what holds before).
attendance_rules = rules_table("attendance_rules", metadata, bureau_column())

# What is suspicious about a clock's addresses: one open alarm for each device, kind and address, however often it is seen.
device_alarms = Table(
    "device_alarms",
    metadata,
    bureau_column(),
    Column("alarm", String(36), primary_key=True),
    Column("serial", String(64), nullable=False),
    Column("kind", String(20), nullable=False),  # elsewhere, moved, twice
    Column("address", Text, nullable=False),
    Column("other", Text, nullable=False),  # the address it spoke from before
    instant_column("first_at"),
    instant_column("last_at"),
    Column("seen", Integer, nullable=False),  # how often, once a minute at most
    Column("status", String(20), nullable=False),  # open, accepted, refused
    Column("settled_by", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Index(
        "ix_device_alarms_open",
        "bureau",
        "serial",
        "kind",
        "address",
        unique=True,
        postgresql_where=text("status = 'open'"),
    ),
)

# Clocks out of order (power cut, fault): nobody is held to what fell due then.
downs = Table(
    "downs",
    metadata,
    bureau_column(),
    Column("down", String(36), primary_key=True),
    Column("unit", String(20), nullable=False),  # "" the whole bureau
    instant_column("starts_at"),
    instant_column("ends_at"),
    Column("reason", Text, nullable=False),
    Column("status", String(20), nullable=False),  # proposed, approved, refused
    Column("proposed_by", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("revision", Integer, nullable=False),
)

# Who was told of which day's missed points; of the person "": everybody was, that evening.
reminders = Table(
    "reminders",
    metadata,
    bureau_column(),
    Column("person", String(20), primary_key=True),
    Column("day", Date, primary_key=True),
    instant_column("told_at"),
)

# Who vouches for a month's figures, and for which revision of them.
month_signatures = Table(
    "month_signatures",
    metadata,
    bureau_column(),
    Column("month", String(7), primary_key=True),
    Column("subject", String(20), primary_key=True),
    Column("standing", String(20), primary_key=True),  # person, head, hr
    Column("revision", Integer, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("name", Text, nullable=False),
    instant_column("at"),
)

# A closed month changes only by what is on record here.
month_changes = Table(
    "month_changes",
    metadata,
    bureau_column(),
    Column("month", String(7), primary_key=True),
    Column("subject", String(20), primary_key=True),
    Column("revision", Integer, primary_key=True),
    instant_column("at"),
    Column("by", Text, nullable=False),
    Column("cause", String(40), nullable=False),
    Column("before", JSONB, nullable=False),
    Column("after", JSONB, nullable=False),
)
