"""Handovers between colleagues, and the rule by which they stand."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import JSON

from services.targets.storage.tables import metadata

handovers = Table(
    "handovers",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("handover", String(40), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # transfer, substitute
    Column("giver", String(40), nullable=False),
    Column("taker", String(40), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("crosses", Boolean, nullable=False),
    Column("items", JSON, nullable=False),  # indicator and quantity as text
    Column("keep_served", Boolean, nullable=False),
    Column("last_day", Date),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False),
    Column("stands_on", Date),
    Column("note", Text, nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    Column("decided_by", Text),
    Column("decided_at", DateTime(timezone=True)),
)

Index("handovers_by_unit", *(handovers.c[name] for name in ("bureau", "cycle", "unit")))

handover_rules = Table(
    "handover_rules",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("confirm", Boolean, nullable=False),
    Column("days", Integer),
    Column("by", Text, nullable=False),
)
