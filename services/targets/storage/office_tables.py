"""The tables that the appraisal office works with: lines, what the organisation was, models by revision, proposed changes."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, String, Table, Text, text
from sqlalchemy.dialects.postgresql import JSON, JSONB

from services.targets.storage.tables import metadata

lines = Table(
    "lines",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("line", String(40), primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("name", Text, nullable=False),
)

# What a unit, position or line was from a day on, until the next row of the same code.
organisation_history = Table(
    "organisation_history",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("kind", String(20), primary_key=True),  # unit, position
    Column("code", String(40), primary_key=True),
    Column("starts", Date, primary_key=True),
    Column("state", JSONB, nullable=False),
    Column("by", Text, nullable=False),
    Column("in_force", Boolean, nullable=False, server_default=text("true")),  # false: waits for its day
)

models = Table(
    "models",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("model_revision", Integer, primary_key=True),
    Column("effective", Date, nullable=False),
    Column("status", Text, nullable=False),  # draft, scheduled, in_force
    Column("weights", JSON, nullable=False),
    Column("composite", JSON, nullable=False),
    Column("rounding", Text, nullable=False),
    Column("quota_percent", Integer, nullable=False),
    Column("tie_chain", JSON, nullable=False),
    Column("grade_values", JSON, nullable=False),
    Column("evaluations", Text, nullable=False, server_default="raw"),
    Column("note", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

indicator_proposals = Table(
    "indicator_proposals",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("proposal", String(40), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("cycle", String(10), nullable=False),
    Column("indicator", String(10), nullable=False),
    Column("action", Text, nullable=False),  # change, remove, add
    Column("changes", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("origin", Text, nullable=False),  # person, results
    Column("person", Text),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False),  # open, accepted, rejected, withdrawn, applied
    Column("decision", Text, nullable=False, server_default=text("''")),
    Column("decided_by", Text),
    Column("decided_at", DateTime(timezone=True)),
    Column("library_revision", Integer),  # of the draft that took it in
    Column("library_cycle", String(10)),  # and its year; null: that of the proposal
)

Index("indicator_proposals_by_indicator", *(indicator_proposals.c[name] for name in ("bureau", "cycle", "indicator")))
