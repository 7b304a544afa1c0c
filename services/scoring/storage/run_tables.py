"""What belongs to runs beside their inputs: details, points, jobs, the steps of the selection, self-scores."""

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, LargeBinary, String, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.scoring.storage.tables import BY_CYCLE, code_column, metadata

run_detail = Table(
    "run_detail",
    metadata,
    code_column("bureau", key=True),
    code_column("run", key=True),
    code_column("cycle"),
    Column("previous", String(64)),  # the newest run of the cycle before this one
    Column("facts_version", Text, nullable=False),  # what had arrived when the inputs were read
    Column(
        "arrived", JSONB
    ),  # the owners' tallies that the inputs were checked against; null: by the operator's replay
)
# What a run found for each item: part of what its result hash covers, kept so that a difference can be named.
run_points = Table(
    "run_points",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("run", key=True),
    code_column("subject", key=True),
    Column("body", LargeBinary, nullable=False),  # canonical JSON {indicator: points}, zlib
    **BY_CYCLE,
)
job = Table(
    "job",
    metadata,
    code_column("bureau", key=True),
    code_column("job", key=True),
    code_column("cycle"),
    code_column("kind"),  # freeze, recompute, tell
    Column("body", JSONB, nullable=False),
    Column("actor", JSONB, nullable=False),
    code_column("status"),  # queued, running, done, failed
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),  # subjects; 0 until they are counted
    Column("attempts", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("result", JSONB),
    Column("problem", JSONB),
    Index("job_status", "status"),
)
# Rank, nominate, strike, choose, final: each step as it was taken. The ranking itself is the run's scores.
selection = Table(
    "selection",
    metadata,
    code_column("bureau", key=True),
    code_column("run", key=True),
    code_column("layer", key=True),
    code_column("step", key=True),  # nominated, struck, tied, chosen, final
    code_column("subject", key=True),
    Column("place", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    code_column("by"),
)
# What the declarer gave himself and what was assessed: for the comparison of the two, never for a score.
self_score = Table(
    "self_score",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("declaration", key=True),
    Column("revision", BigInteger, nullable=False),
    code_column("indicator"),
    code_column("subject"),
    code_column("status"),
    Column("self_points", Text, nullable=False),
    Column("points", Text, nullable=False),
    Column("verified_by", String(64)),
    Column("assessed_by", String(64)),
    **BY_CYCLE,
)
