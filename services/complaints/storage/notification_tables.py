"""Tables of 告知: what has to be told of each case and how it was, and the way that a consumer asked to be told by."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, String, Table, Text, UniqueConstraint, text

from services.complaints.storage.tables import metadata

__all__ = ["DUE_NUMBER", "case_notifications", "metadata", "notification_wishes"]
# The day as a number, by which pages follow each other: what no rule gives a day to comes last.
DUE_NUMBER = "COALESCE(due - '1970-01-01'::date, 999999)"

case_notifications = Table(
    "case_notifications",
    metadata,
    Column("bureau", String(20), primary_key=True),
    Column("notification", String(36), primary_key=True),
    Column("code", String(36), nullable=False),  # the case
    Column("matter", String(20), nullable=False),
    Column("party", String(20), nullable=False),
    Column("event", Integer, nullable=False),  # of the case's history: what was decided
    Column("standing", Boolean, nullable=False),  # what was decided was not annulled since
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("due", Date),
    Column("regime", String(20), nullable=False),
    Column("article", Text, nullable=False),
    Column("unit", String(20), nullable=False),  # who has to tell
    Column("handler", String(20)),
    Column("way", String(20)),
    Column("told_at", DateTime(timezone=True)),
    Column("told_on", Date),
    Column("proof", Text, nullable=False, server_default=""),
    Column("received_on", Date),
    Column("paper", String(36)),  # what was sent
    Column("recorded_at", DateTime(timezone=True)),
    Column("recorded_by", Text),
    UniqueConstraint("bureau", "code", "event", "matter", "party", name="uq_case_notifications_once"),
    Index(
        "ix_case_notifications_owed",
        "bureau",
        "due",
        postgresql_where=text("told_at IS NULL AND standing"),
    ),
    Index(
        "ix_case_notifications_by_day",
        "bureau",
        text(DUE_NUMBER),
        "notification",
        postgresql_where=text("standing"),
    ),
    Index("ix_case_notifications_unit", "bureau", "unit", "due", postgresql_where=text("standing")),
    Index("ix_case_notifications_due", "bureau", "due", postgresql_where=text("standing")),
    Index("ix_case_notifications_paper", "bureau", "paper", postgresql_where=text("paper IS NOT NULL")),
)

notification_wishes = Table(
    "notification_wishes",
    metadata,
    Column("bureau", String(20), primary_key=True),
    Column("code", String(36), primary_key=True),
    Column("way", String(20), nullable=False),
)
