"""What scoring published of past years: the copy of its states, by which the next targets are generated."""

from sqlalchemy import Column, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.targets.storage.tables import metadata

published_results = Table(
    "published_results",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("subject", String(40), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("status", Text, nullable=False),  # published, withdrawn
    Column("layer", Text, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("run", Text, nullable=False),
    Column("items", JSONB, nullable=False),  # indicator -> rule, counts, target, points; numbers as text
    Column("by", Text, nullable=False),
)
