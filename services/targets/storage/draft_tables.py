"""What was done to the drafts of a cycle's library: a line a change, in the order in which they came."""

from sqlalchemy import Column, DateTime, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import JSON

from services.targets.storage.tables import metadata

draft_changes = Table(
    "draft_changes",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("cycle", String(10), primary_key=True),
    Column("change", Integer, primary_key=True, autoincrement=False),
    Column("library_revision", Integer, nullable=False),  # of the draft
    Column("action", Text, nullable=False),  # put, remove, take_back, import, discard
    Column("indicator", String(10)),
    Column("before", JSON(none_as_null=True)),  # its row of the sheet; null: there was none
    Column("after", JSON(none_as_null=True)),
    Column("proposal", String(40)),  # the accepted one that it comes from
    Column("takes_back", Integer),
    Column("status", Text, nullable=False),  # standing, taken_back, replaced
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
