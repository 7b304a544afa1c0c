"""What stands between the bureau's target and a claim: lines' shares, deadlines, leave to exceed, and every movement."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, String, Table, Text

from services.targets.storage.tables import Quantity, metadata

# A line's share of a target. For common work the row ``all`` is what stations and lines without a row of their own draw on.
line_allocations = Table(
    "line_allocations",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("indicator", String(10), primary_key=True),
    Column("line", String(40), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("quantity", Quantity, nullable=False),
    Column("by", Text, nullable=False),
)

# How far beyond the unit's share its staff may claim, because the unit's head said so.
excesses = Table(
    "excesses",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("indicator", String(10), primary_key=True),
    Column("unit", String(40), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("quantity", Quantity, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

claim_deadlines = Table(
    "claim_deadlines",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("step", String(20), primary_key=True),  # unit: units claim from lines; person: persons from units
    Column("revision", Integer, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("by", Text, nullable=False),
)

# Append-only: what was handed from whom to whom, and why.
movements = Table(
    "movements",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("movement", String(40), primary_key=True),
    Column("kind", Text, nullable=False),  # transfer, split, return, substitute, draw
    Column("indicator", String(10), nullable=False),
    Column("giver", Text),  # a person, a unit or a line; None: from what nobody held
    Column("taker", Text),
    Column("quantity", Quantity),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

Index("movements_by_indicator", *(movements.c[name] for name in ("bureau", "cycle", "indicator")))
