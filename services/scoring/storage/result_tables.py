"""What follows a run: its publication, conversations, improvements, problems of indicators, grades."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.scoring.storage.tables import code_column, metadata, revision_column

# How a run was published: what everybody may see of each layer, and until when objections are taken.
publication = Table(
    "publication",
    metadata,
    code_column("bureau", key=True),
    code_column("run", key=True),
    code_column("cycle"),
    revision_column(),
    Column("visible", JSONB, nullable=False),  # layer -> own, list, ranking or scores
    Column("objection_days", Integer, nullable=False),  # working days
    Column("published_on", Date, nullable=False),
    Column("objections_until", Date, nullable=False),  # its last day
    code_column("by"),
)
conversation = Table(
    "conversation",
    metadata,
    code_column("bureau", key=True),
    code_column("run", key=True),
    code_column("subject", key=True),
    code_column("cycle"),
    code_column("unit"),
    revision_column(),
    code_column("status"),  # drafted, offered, returned, confirmed
    Column("held_on", Date, nullable=False),
    Column("strengths", Text, nullable=False),
    Column("shortcomings", Text, nullable=False),
    Column("measures", Text, nullable=False),
    Column("opinion", Text, nullable=False),  # the subject's own words
    Column("head", String(64), nullable=False),  # who led it: the person, or the account
    Column("offered_at", DateTime(timezone=True)),
    Column("confirmed_at", DateTime(timezone=True)),
    Index("conversation_unit", "bureau", "run", "unit", "subject"),
)
improvement = Table(
    "improvement",
    metadata,
    code_column("bureau", key=True),
    code_column("improvement", key=True),
    code_column("run"),
    code_column("subject"),
    code_column("layer"),
    code_column("unit"),
    revision_column(),
    code_column("status"),  # proposed, ordered, dropped, withdrawn
    code_column("weak_indicator"),  # what scored low
    code_column("cycle"),  # in which the order is issued
    code_column("indicator"),  # under which it is issued, an item of accountability
    code_column("period"),
    Column("title", Text, nullable=False),
    Column("standard", Text, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("reason", Text, nullable=False),  # of dropping or withdrawing
    code_column("proposed_by"),
    Column("ordered_by", String(64)),
    Index("improvement_run", "bureau", "run", "improvement"),
)
indicator_problem = Table(
    "indicator_problem",
    metadata,
    code_column("bureau", key=True),
    code_column("proposal", key=True),
    code_column("cycle"),
    code_column("run"),
    revision_column(),
    code_column("indicator"),
    code_column("action"),  # change, remove
    Column("changes", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", String(64)),
    code_column("account"),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("indicator_problem_run", "bureau", "run", "proposal"),
)
grading = Table(
    "grading",
    metadata,
    code_column("bureau", key=True),
    code_column("run", key=True),
    code_column("cycle"),
    revision_column(),
    code_column("status"),  # proposed, decided
    Column("marks", JSONB, nullable=False),
    Column("quota", JSONB, nullable=False),  # graded, places, given
    code_column("proposed_by"),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    Column("decided_by", String(64)),
    Column("decided_at", DateTime(timezone=True)),
    Column("awaiting", String(64)),  # whose own grade, decider's, another member of the panel has yet to confirm
    Column("confirmed_by", String(64)),
    Column("confirmed_at", DateTime(timezone=True)),
)
grade = Table(
    "grade",
    metadata,
    code_column("bureau", key=True),
    code_column("run", key=True),
    code_column("person", key=True),
    code_column("cycle"),
    code_column("unit"),
    Column("final", Text),
    Column("rank", Integer),
    code_column("proposed"),
    Column("limited_by", String(64)),
    code_column("grade"),
    Column("reason", Text, nullable=False),  # why it is not the proposed one
    Column("circumstances", JSONB, nullable=False),  # name -> what it rests on
    Column("by_itself", JSONB, nullable=False, server_default="[]"),  # names of those that nobody entered
    Index("grade_person", "bureau", "person", "cycle"),
)
