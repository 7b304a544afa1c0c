"""The schema of scoring: copies of others' states, runs with their inputs, and scores. Big tables are partitioned by cycle."""

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
    Numeric,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

from shared.tables import metadata_for

metadata = metadata_for("scoring")
BY_CYCLE: dict[str, Any] = {"postgresql_partition_by": "LIST (cycle)"}


def code_column(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, String(64), primary_key=key, nullable=False)


def revision_column() -> Column[int]:
    return Column("revision", BigInteger, nullable=False)


unit = Table(
    "unit",
    metadata,
    code_column("bureau", key=True),
    code_column("unit", key=True),
    revision_column(),
    Column("name", Text, nullable=False),
    code_column("kind"),
    code_column("line"),
    Column("active", Boolean, nullable=False),
)
person = Table(
    "person",
    metadata,
    code_column("bureau", key=True),
    code_column("person", key=True),
    revision_column(),
    Column("name", Text, nullable=False),
    Column("assignments", JSONB, nullable=False),  # [{unit, line, starts, ends}]
    Column("active", Boolean, nullable=False),
)
# Days of sick and personal leave, month by month: for grades, never for a score.
leave_month = Table(
    "leave_month",
    metadata,
    code_column("bureau", key=True),
    code_column("person", key=True),
    Column("month", String(7), primary_key=True),
    revision_column(),
    Column("days", Numeric, nullable=False),
)
cycle = Table(
    "cycle",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    revision_column(),
    code_column("status"),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("calendar", JSONB, nullable=False, server_default="{}"),  # ISO date -> worked; no score depends on it
    Column("rules", JSONB, nullable=False),  # periods, weights, composite, rounding, quota, tie chain, revisions
)
# What a model says beside what the cycle carries. A cycle without a row counts evaluations as they were cast.
model = Table(
    "model",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    revision_column(),  # of the model
    code_column("evaluations"),  # raw, adjusted
)
indicator = Table(
    "indicator",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("indicator", key=True),
    revision_column(),
    Column("active", Boolean, nullable=False),
    Column("item", JSONB, nullable=False),  # what scoring uses of it
)
claim = Table(
    "claim",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("indicator", key=True),
    code_column("subject", key=True),
    revision_column(),
    code_column("status"),
    Column("target", Text),  # a decimal in its shortest form, as in counts below
    Column("days", Integer),  # of the cycle that the target is meant for; null: all of it
    Index("claim_subject", "bureau", "subject"),
    **BY_CYCLE,
)
fact = Table(
    "fact",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("kind", key=True),  # declaration, task_order, contribution, evaluation
    Column("fact", String(140), primary_key=True),
    revision_column(),
    code_column("indicator"),
    code_column("subject"),
    code_column("period"),
    code_column("status"),
    Column("not_applicable", Boolean, nullable=False),
    Column("counts", JSONB, nullable=False),  # quantity -> decimal text
    Column("adjusted", Text),  # of an evaluation: the coefficient adjusted for its raters' severity
    Column(
        "ballots", JSONB(none_as_null=True)
    ),  # of an evaluation whose votes are weighted or left out: {votes, weighted, left_out}
    Column("people", JSONB, nullable=False),  # declared_by, verified_by, assessed_by ...: who stands behind it
    Index("fact_item", "bureau", "subject", "indicator"),
    **BY_CYCLE,
)
veto = Table(
    "veto",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("veto", key=True),
    revision_column(),
    code_column("indicator"),
    code_column("subject"),
    code_column("status"),
    Column("reason", Text, nullable=False),
)
# What closed spot checks found, and listed without looking at it: doubt about points, never a score.
finding = Table(
    "finding",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("spot_check", key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),  # of its list
    revision_column(),
    Column("items", JSONB, nullable=False),  # [{kind, item, stratum, certain, verdict, lost}]
)
# Grows with every state taken; "" stands for what belongs to no cycle (organisation). A standing names what it was made of.
facts_version = Table(
    "facts_version",
    metadata,
    code_column("bureau", key=True),
    Column("cycle", String(64), primary_key=True),
    Column("version", BigInteger, nullable=False),
    # Tells a schema that was dropped and filled again from the one before: its versions begin anew.
    Column("epoch", UUID(as_uuid=False), nullable=False, server_default=text("gen_random_uuid()")),
)
run = Table(
    "run",
    metadata,
    code_column("bureau", key=True),
    code_column("run", key=True),
    code_column("cycle"),
    revision_column(),
    code_column("status"),
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
run_input = Table(
    "run_input",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("run", key=True),
    Column("part", String(64), primary_key=True),  # "" the frame, else a subject's code
    Column("hash", String(64), nullable=False),  # SHA-256 of the canonical JSON
    Column("body", LargeBinary, nullable=False),  # that JSON, zlib
    **BY_CYCLE,
)
score = Table(
    "score",
    metadata,
    code_column("bureau", key=True),
    code_column("cycle", key=True),
    code_column("run", key=True),
    code_column("subject", key=True),
    code_column("layer"),
    code_column("unit"),
    Column("place", Integer, nullable=False),  # the rank; the unranked stand last
    Column("result", JSONB, nullable=False),
    Index("score_rank", "bureau", "run", "layer", "place", "subject"),
    **BY_CYCLE,
)
