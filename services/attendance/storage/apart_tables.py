"""Tables of what is kept apart until a person decides: punches of unapproved clocks, at times in doubt, lines that are no punch."""

from sqlalchemy import Boolean, Column, DateTime, String, Table, Text, false

from services.attendance.storage.tables import instant_column, metadata, punch_columns


def _decision_columns() -> list[Column[object]]:
    return [Column("decision", String(20), nullable=True), Column("decided_by", Text, nullable=True)]


_came_from = Column("address", Text, nullable=False, server_default="")
_zoned = Column("zoned", Boolean, nullable=False, server_default=false())  # it came with its offset
# What is the time zone of a clock that nobody knows: ``time`` is as the clock showed it, as if by the bureau's wall clock.
quarantined_punches = Table("quarantined_punches", metadata, *punch_columns(), _came_from, _zoned, *_decision_columns())

suspect_punches = Table(
    "suspect_punches",
    metadata,
    *punch_columns(),
    Column("bureau", String(20), nullable=False, index=True),
    Column("reason", String(20), nullable=False),  # too_old, in_future
    *_decision_columns(),  # accepted, corrected, refused; null: nobody has judged it yet
    Column("corrected_to", DateTime(timezone=True), nullable=True),
)

rejected_lines = Table(
    "rejected_lines",
    metadata,
    Column("device", String(64), primary_key=True),
    Column("digest", String(64), primary_key=True),  # SHA-256 of the raw line: a resent line is kept once
    Column("raw", Text, nullable=False),
    Column("reason", String(20), nullable=False),
    instant_column("received_at"),
    *_decision_columns(),
)
