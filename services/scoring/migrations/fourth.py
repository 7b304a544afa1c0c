"""The tables that revision 0004 made, kept as they were."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(schema="scoring")


def _code(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, String(64), primary_key=key, nullable=False)


def _revision() -> Column[int]:
    return Column("revision", BigInteger, nullable=False)


Table(
    "publication",
    metadata,
    _code("bureau", key=True),
    _code("run", key=True),
    _code("cycle"),
    _revision(),
    Column("visible", JSONB, nullable=False),
    Column("objection_days", Integer, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("objections_until", Date, nullable=False),
    _code("by"),
)
Table(
    "conversation",
    metadata,
    _code("bureau", key=True),
    _code("run", key=True),
    _code("subject", key=True),
    _code("cycle"),
    _code("unit"),
    _revision(),
    _code("status"),
    Column("held_on", Date, nullable=False),
    Column("strengths", Text, nullable=False),
    Column("shortcomings", Text, nullable=False),
    Column("measures", Text, nullable=False),
    Column("opinion", Text, nullable=False),
    Column("head", String(64), nullable=False),
    Column("offered_at", DateTime(timezone=True)),
    Column("confirmed_at", DateTime(timezone=True)),
    Index("conversation_unit", "bureau", "run", "unit", "subject"),
)
Table(
    "improvement",
    metadata,
    _code("bureau", key=True),
    _code("improvement", key=True),
    _code("run"),
    _code("subject"),
    _code("layer"),
    _code("unit"),
    _revision(),
    _code("status"),
    _code("weak_indicator"),
    _code("cycle"),
    _code("indicator"),
    _code("period"),
    Column("title", Text, nullable=False),
    Column("standard", Text, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("reason", Text, nullable=False),
    _code("proposed_by"),
    Column("ordered_by", String(64)),
    Index("improvement_run", "bureau", "run", "improvement"),
)
Table(
    "indicator_problem",
    metadata,
    _code("bureau", key=True),
    _code("proposal", key=True),
    _code("cycle"),
    _code("run"),
    _revision(),
    _code("indicator"),
    _code("action"),
    Column("changes", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", String(64)),
    _code("account"),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("indicator_problem_run", "bureau", "run", "proposal"),
)
Table(
    "grading",
    metadata,
    _code("bureau", key=True),
    _code("run", key=True),
    _code("cycle"),
    _revision(),
    _code("status"),
    Column("marks", JSONB, nullable=False),
    Column("quota", JSONB, nullable=False),
    _code("proposed_by"),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    Column("decided_by", String(64)),
    Column("decided_at", DateTime(timezone=True)),
)
Table(
    "grade",
    metadata,
    _code("bureau", key=True),
    _code("run", key=True),
    _code("person", key=True),
    _code("cycle"),
    _code("unit"),
    Column("final", Text),
    Column("rank", Integer),
    _code("proposed"),
    Column("limited_by", String(64)),
    _code("grade"),
    Column("reason", Text, nullable=False),
    Column("circumstances", JSONB, nullable=False),
    Index("grade_person", "bureau", "person", "cycle"),
)
