"""Tables around the cases: what the bureau set from which day, notices that wait to be told, vetoes that were proposed."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, String, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB

from services.complaints.storage.tables import metadata

__all__ = ["case_notices", "metadata", "settings", "veto_proposals"]

settings = Table(
    "settings",
    metadata,
    Column("bureau", String(20), primary_key=True),
    Column("starts", Date, primary_key=True),  # holds from this day on
    Column("revision", Integer, nullable=False),  # of all the bureau's settings, when this was set
    Column("body", JSONB, nullable=False),
    Column("set_at", DateTime(timezone=True), nullable=False),
    Column("set_by", Text, nullable=False),
)

case_notices = Table(
    "case_notices",
    metadata,
    Column("bureau", String(20), primary_key=True),
    Column("notice", String(36), primary_key=True),
    Column("code", String(36), nullable=False),  # the case; empty where it is about the calendar
    Column("kind", String(30), nullable=False),
    Column("about", String(100), nullable=False),  # with case, kind and address: what it is about, told once
    Column("address", String(40), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("phone", Text, nullable=False),
    Column("not_before", DateTime(timezone=True), nullable=False),  # never by night, unless urgent
    Column("sent_at", DateTime(timezone=True)),
    Column("content", JSONB, nullable=False),  # {"number", "due", "zh", "en"}: never who complained
    UniqueConstraint("bureau", "code", "kind", "about", "address", name="uq_case_notices_once"),
    Index("ix_case_notices_waiting", "bureau", "not_before", postgresql_where=text("sent_at IS NULL")),
)

veto_proposals = Table(
    "veto_proposals",
    metadata,
    Column("bureau", String(20), primary_key=True),
    Column("proposal", String(36), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("cycle", String(20), nullable=False),  # the year of the finding
    Column("code", String(36), nullable=False),  # the case
    Column("number", String(50), nullable=False),
    Column("subject", String(20), nullable=False),
    Column("indicator", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("fact_on", Date, nullable=False),
    Column("status", String(20), nullable=False),
    Column("by", Text, nullable=False),
)
