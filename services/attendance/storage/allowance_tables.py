"""Tables of what somebody is allowed: daily time, days of leave in a year, time on duty that gives days off."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from services.attendance.storage.tables import bureau_column, instant_column, metadata

# Time that somebody need not be there each day (哺乳时间).
daily_allowances = Table(
    "daily_allowances",
    metadata,
    bureau_column(),
    Column("allowance", String(36), primary_key=True),
    Column("person", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),  # inclusive
    Column("arrive_later", Integer, nullable=False),  # minutes
    Column("leave_earlier", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_daily_allowances_person", "bureau", "person", "ends"),
)

# How much leave of a kind one person has in a year, where that is not what the rules say for everybody.
leave_entitlements = Table(
    "leave_entitlements",
    metadata,
    bureau_column(),
    Column("person", String(20), primary_key=True),
    Column("year", String(4), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("minutes", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("set_by", Text, nullable=False),
    instant_column("set_at"),
)

# 值班: who is on duty beside the shift, and when.
duties = Table(
    "duties",
    metadata,
    bureau_column(),
    Column("duty", String(36), primary_key=True),
    Column("person", String(20), nullable=False),
    instant_column("starts_at"),
    instant_column("ends_at"),
    Column("name", Text, nullable=False),
    Column("status", String(20), nullable=False),  # called, withdrawn
    Column("called_by", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_duties_person", "bureau", "person", "starts_at"),
)
