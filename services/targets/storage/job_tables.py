"""What goes on in the background, with its progress."""

from sqlalchemy import Column, DateTime, Index, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import JSON

from services.targets.storage.tables import metadata

jobs = Table(
    "jobs",
    metadata,
    Column("bureau", String(40), primary_key=True),
    Column("job", String(40), primary_key=True),
    Column("cycle", String(10), nullable=False),
    Column("kind", Text, nullable=False),  # propose, accept, generate
    Column("status", Text, nullable=False),  # queued, running, done, failed
    Column("body", JSON, nullable=False),
    Column("actor", JSON, nullable=False),  # in whose name it is done
    Column("by", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),  # in a row that were interrupted
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("result", JSON),
    Column("problem", JSON),
)

Index(
    "jobs_unfinished", jobs.c.created_at, postgresql_where=jobs.c.status.in_(("queued", "running"))
)  # what the service looks for every few seconds
