"""The tables as revision 0003 made them, kept as they were."""

from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(schema="scoring")
BY_CYCLE: dict[str, Any] = {"postgresql_partition_by": "LIST (cycle)"}


def _code(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, String(64), primary_key=key, nullable=False)


Table(
    "run_detail",
    metadata,
    _code("bureau", key=True),
    _code("run", key=True),
    _code("cycle"),
    Column("previous", String(64)),  # the newest run of the cycle before this one
    Column("facts_version", Text, nullable=False),  # what had arrived when the inputs were read
    Column(
        "arrived", JSONB
    ),  # the owners' tallies that the inputs were checked against; null: by the operator's replay
)
# What a run found for each item: part of what its result hash covers, kept so that a difference can be named.
Table(
    "run_points",
    metadata,
    _code("bureau", key=True),
    _code("cycle", key=True),
    _code("run", key=True),
    _code("subject", key=True),
    Column("body", LargeBinary, nullable=False),  # canonical JSON {indicator: points}, zlib
    **BY_CYCLE,
)
Table(
    "job",
    metadata,
    _code("bureau", key=True),
    _code("job", key=True),
    _code("cycle"),
    _code("kind"),  # freeze, recompute
    Column("body", JSONB, nullable=False),
    Column("actor", JSONB, nullable=False),
    _code("status"),  # queued, running, done, failed
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
Table(
    "selection",
    metadata,
    _code("bureau", key=True),
    _code("run", key=True),
    _code("layer", key=True),
    _code("step", key=True),  # nominated, struck, tied, chosen, final
    _code("subject", key=True),
    Column("place", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    _code("by"),
)
# What the declarer gave himself and what was assessed: for the comparison of the two, never for a score.
Table(
    "self_score",
    metadata,
    _code("bureau", key=True),
    _code("cycle", key=True),
    _code("declaration", key=True),
    Column("revision", BigInteger, nullable=False),
    _code("indicator"),
    _code("subject"),
    _code("status"),
    Column("self_points", Text, nullable=False),
    Column("points", Text, nullable=False),
    Column("verified_by", String(64)),
    Column("assessed_by", String(64)),
    **BY_CYCLE,
)
