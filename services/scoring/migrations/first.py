"""The tables as revision 0001 made them, kept as they were: what came later is in the revisions after it."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.first_tables import first_metadata

metadata = first_metadata("scoring")
BY_CYCLE: dict[str, Any] = {"postgresql_partition_by": "LIST (cycle)"}


def _code(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, String(64), primary_key=key, nullable=False)


def _revision() -> Column[int]:
    return Column("revision", BigInteger, nullable=False)


Table(
    "unit",
    metadata,
    _code("bureau", key=True),
    _code("unit", key=True),
    _revision(),
    Column("name", Text, nullable=False),
    _code("kind"),
    _code("line"),
    Column("active", Boolean, nullable=False),
)
Table(
    "person",
    metadata,
    _code("bureau", key=True),
    _code("person", key=True),
    _revision(),
    Column("name", Text, nullable=False),
    Column("assignments", JSONB, nullable=False),  # [{unit, line, starts, ends}]
    Column("active", Boolean, nullable=False),
)
Table(
    "cycle",
    metadata,
    _code("bureau", key=True),
    _code("cycle", key=True),
    _revision(),
    _code("status"),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("rules", JSONB, nullable=False),  # periods, weights, composite, rounding, quota, tie chain, revisions
)
Table(
    "indicator",
    metadata,
    _code("bureau", key=True),
    _code("cycle", key=True),
    _code("indicator", key=True),
    _revision(),
    Column("active", Boolean, nullable=False),
    Column("item", JSONB, nullable=False),  # what scoring uses of it
)
Table(
    "claim",
    metadata,
    _code("bureau", key=True),
    _code("cycle", key=True),
    _code("indicator", key=True),
    _code("subject", key=True),
    _revision(),
    _code("status"),
    Column("target", Text),  # a decimal in its shortest form, as in counts below
    Index("claim_subject", "bureau", "subject"),
    **BY_CYCLE,
)
Table(
    "fact",
    metadata,
    _code("bureau", key=True),
    _code("cycle", key=True),
    _code("kind", key=True),  # declaration, task_order, contribution, evaluation
    Column("fact", String(140), primary_key=True),
    _revision(),
    _code("indicator"),
    _code("subject"),
    _code("period"),
    _code("status"),
    Column("not_applicable", Boolean, nullable=False),
    Column("counts", JSONB, nullable=False),  # quantity -> decimal text
    Column("people", JSONB, nullable=False),  # declared_by, verified_by, assessed_by ...: who stands behind it
    Index("fact_subject", "bureau", "subject"),
    **BY_CYCLE,
)
Table(
    "veto",
    metadata,
    _code("bureau", key=True),
    _code("cycle", key=True),
    _code("veto", key=True),
    _revision(),
    _code("indicator"),
    _code("subject"),
    _code("status"),
    Column("reason", Text, nullable=False),
)
# Grows with every state taken; "" stands for what belongs to no cycle (organisation). A standing names what it was made of.
Table(
    "facts_version",
    metadata,
    _code("bureau", key=True),
    Column("cycle", String(64), primary_key=True),
    Column("version", BigInteger, nullable=False),
)
Table(
    "run",
    metadata,
    _code("bureau", key=True),
    _code("run", key=True),
    _code("cycle"),
    _revision(),
    _code("status"),
    Column("input_hash", String(64), nullable=False),
    Column("result_hash", String(64), nullable=False),
    Column("library_revision", Integer, nullable=False),
    Column("model_revision", Integer, nullable=False),
    Column("subjects", Integer, nullable=False),
    Column("summary", JSONB, nullable=False),
    *(
        column
        for step in ("frozen", "approved", "published")
        for column in (Column(f"{step}_by", Text), Column(f"{step}_at", DateTime(timezone=True)))
    ),
    Index("run_cycle", "bureau", "cycle"),
)
Table(
    "run_input",
    metadata,
    _code("bureau", key=True),
    _code("cycle", key=True),
    _code("run", key=True),
    Column("part", String(64), primary_key=True),  # "" the frame, else a subject's code
    Column("hash", String(64), nullable=False),  # SHA-256 of the canonical JSON
    Column("body", LargeBinary, nullable=False),  # that JSON, zlib
    **BY_CYCLE,
)
Table(
    "score",
    metadata,
    _code("bureau", key=True),
    _code("cycle", key=True),
    _code("run", key=True),
    _code("subject", key=True),
    _code("layer"),
    _code("unit"),
    Column("place", Integer, nullable=False),  # the rank; the unranked stand last
    Column("result", JSONB, nullable=False),
    Index("score_rank", "bureau", "run", "layer", "place", "subject"),
    **BY_CYCLE,
)
