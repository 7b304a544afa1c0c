"""What targets are generated from and by: past results, the leaders' bounds, forecasts, settings; and weights from judgement."""

from sqlalchemy import Column, DateTime, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import JSON

from services.targets.storage.tables import Quantity, metadata

# One document a cycle: how to forecast, who counts how much, who is eligible for what.
generation_settings = Table(
    "generation_settings",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("by", Text, nullable=False),
)

# What a unit or person reached of an indicator in a year; the bureau's own results stand in the library.
results = Table(
    "results",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("indicator", String(10), primary_key=True),
    Column("subject", String(40), primary_key=True),
    Column("year", String(4), primary_key=True),
    Column("quantity", Quantity, nullable=False),
    Column("by", Text, nullable=False),
)

# The leaders' floor and ceiling; subject: a unit, a person, or * for the bureau's target itself.
bounds = Table(
    "bounds",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("indicator", String(10), primary_key=True),
    Column("subject", String(40), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("floor", Quantity),
    Column("ceiling", Quantity),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

generations = Table(
    "generations",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("status", Text, nullable=False),  # proposed, applied
    Column("settings", JSON, nullable=False),  # as they were
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("applied_by", Text),
    Column("applied_at", DateTime(timezone=True)),
)

forecasts = Table(
    "forecasts",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("indicator", String(10), primary_key=True),
    Column("subject", String(40), primary_key=True),  # a unit, or * for the bureau
    Column("history", JSON, nullable=False),  # year -> quantity
    Column("method", Text, nullable=False),  # smoothing, combined, step, none
    Column("forecast", Quantity),
    Column("peer", Quantity),
    Column("damped", Quantity),
    Column("floor", Quantity),
    Column("ceiling", Quantity),
    Column("proposed", Quantity),
    Column("reasons", JSON, nullable=False),  # code, zh, en of every step that changed the number
)

questionnaires = Table(
    "questionnaires",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("questionnaire", String(40), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("part", Text, nullable=False),  # person/access, station/all, composite/person
    Column("method", Text, nullable=False),
    Column("random_index", Text, nullable=False),
    Column("status", Text, nullable=False),  # open, closed
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("questionnaire", String(40), primary_key=True),
    Column("judge", String(200), primary_key=True),  # the account
    Column("revision", Integer, nullable=False),
    Column("comparisons", JSON, nullable=False),  # a, b, ratio as written
    Column("at", DateTime(timezone=True), nullable=False),
)

model_proposals = Table(
    "model_proposals",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("proposal", String(40), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("status", Text, nullable=False),  # proposed, taken, refused
    Column("model_revision", Integer, nullable=False),  # which it would change
    Column("weights", JSON, nullable=False),
    Column("composite", JSON, nullable=False),
    Column("basis", JSON, nullable=False),  # the questionnaires with their consistency
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
