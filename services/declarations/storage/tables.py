"""Tables of what this service owns; those of its copies are named here too, so that a query finds all in one place."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.declarations.storage.columns import code, long_text, metadata, revision, table
from services.declarations.storage.copied import claim, cycle, figures, indicator, person, unit
from services.declarations.storage.types import Quantities

__all__ = [
    "Table",
    "ballot",
    "campaign",
    "claim",
    "contribution",
    "cycle",
    "declaration",
    "declaration_history",
    "evaluation",
    "figures",
    "indicator",
    "metadata",
    "opinion",
    "participation",
    "person",
    "sealed_ballot",
    "task_order",
    "unit",
    "veto",
]

# The two big ones are partitioned by cycle, which is therefore part of every key.
declaration = table(
    "declaration",
    code("bureau"),
    code("cycle"),
    code("declaration"),
    revision(),
    code("indicator"),
    code("subject"),
    code("layer"),
    code("period"),
    code("unit"),
    code("assessor"),
    code("status"),
    Column("not_applicable", Boolean, nullable=False),
    Column("differs", Boolean, nullable=False),
    Column("counts", Quantities, nullable=False),
    Column("machine", Quantities),
    Column("target", Numeric),
    Column("self_points", Numeric(8, 2), nullable=False),
    Column("points", Numeric(8, 2), nullable=False),
    long_text("remark"),
    Column("evidence", JSONB, nullable=False),
    long_text("reason"),
    code("declared_by"),
    code("verified_by", nullable=True),
    code("assessed_by", nullable=True),
    code("verifier", default="head"),  # head, hr or complaints_centre
    code("verified_for", nullable=True),  # who had delegated it
    code("assessed_for", nullable=True),
    Column("arrived_on", Date),  # where it is now
    Column("due_on", Date),  # until when it is to be verified, assessed or put right
    Column("escalates_on", Date),  # from then on the next head up may verify
    Column("machine_now", Quantities),  # where the machine's counts changed after the declaration
    PrimaryKeyConstraint("cycle", "declaration"),
    UniqueConstraint("bureau", "cycle", "subject", "period", "indicator", name="declaration_item"),
    Index("declaration_unit", "bureau", "cycle", "unit", "status", "declaration"),
    Index("declaration_assessor", "bureau", "cycle", "assessor", "status", "declaration"),
    Index("declaration_indicator", "bureau", "cycle", "indicator", "period", "declaration"),
    Index("declaration_changed", "bureau", "cycle", "declaration", postgresql_where=text("machine_now IS NOT NULL")),
    partitioned=True,
)
declaration_history = table(
    "declaration_history",
    code("cycle", primary_key=True),
    code("declaration", primary_key=True),
    Column("revision", Integer, primary_key=True),
    code("bureau"),
    code("command"),  # return or correct: what ended this version
    code("by"),
    long_text("reason"),
    Column("on", Date, nullable=False),
    Column("state", JSONB, nullable=False),  # as it was before
)
task_order = table(
    "task_order",
    code("bureau"),
    code("cycle"),
    code("order"),
    revision(),
    code("indicator"),
    code("subject"),
    code("layer"),
    code("period"),
    code("unit"),
    code("assessor"),
    code("status"),
    long_text("title"),
    long_text("standard"),
    Column("points", Numeric(8, 2)),
    Column("issued_on", Date, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("deadlines", JSONB, nullable=False, server_default="[]"),
    Column("percent", Integer, nullable=False, server_default="0"),
    Column("reported_on", Date),
    Column("notes", JSONB, nullable=False),
    Column("completed_on", Date),
    Column("counts", Quantities, nullable=False),
    Column("origin", String(20), nullable=False, server_default="ordered"),
    code("issued_by"),
    code("judged_by", nullable=True),
    PrimaryKeyConstraint("cycle", "order"),
    Index("task_order_subject", "bureau", "cycle", "subject", "status", "order"),
    Index("task_order_unit", "bureau", "cycle", "unit", "status", "order"),
    Index("task_order_assessor", "bureau", "cycle", "assessor", "status", "order"),
    Index("task_order_deadline", "bureau", "cycle", "deadline", "order"),
    partitioned=True,
)
contribution = table(
    "contribution",
    code("bureau"),
    code("cycle"),
    code("contribution", primary_key=True),
    revision(),
    code("indicator"),
    code("subject"),
    code("layer"),
    code("period"),
    code("unit"),
    code("status"),
    long_text("title"),
    long_text("title_key"),
    long_text("effect"),
    long_text("proof"),
    Column("claimed", Quantities, nullable=False),
    Column("counts", Quantities, nullable=False),
    long_text("reason"),
    code("declared_by"),
    code("screened_by", nullable=True),
    code("settled_by", nullable=True),
    Index("contribution_subject", "bureau", "cycle", "subject", "contribution"),
    Index("contribution_unit", "bureau", "cycle", "unit", "status", "contribution"),
    Index("contribution_status", "bureau", "cycle", "status", "contribution"),
    Index("contribution_title", "bureau", "cycle", "title_key"),
)
opinion = table(
    "opinion",
    code("bureau"),
    code("contribution", primary_key=True),
    code("member", primary_key=True),
    Column("agree", Boolean, nullable=False),
    long_text("note"),
)
campaign = table(
    "campaign",
    code("bureau"),
    code("cycle"),
    code("campaign", primary_key=True),
    revision(),
    code("indicator"),
    code("period"),
    long_text("title"),
    code("status"),
    Column("dimensions", JSONB, nullable=False, server_default="[]"),
    Column("groups", JSONB, nullable=False, server_default="[]"),
    code("created_by"),
    Index("campaign_status", "bureau", "cycle", "status", "campaign"),
)
evaluation = table(
    "evaluation",
    code("bureau"),
    code("cycle"),
    code("campaign", primary_key=True),
    code("subject", primary_key=True),
    revision(),
    code("indicator"),
    code("layer"),
    code("period"),
    code("status"),
    Column("counts", Quantities, nullable=False),
    Column("votes", Integer, nullable=False, server_default="0"),
    Column("left_out", JSONB, nullable=False, server_default="[]"),
    Column("adjusted", Numeric(5, 4)),
    UniqueConstraint("bureau", "cycle", "subject", "period", "indicator", name="evaluation_item"),
)
# Who takes part, and on which day they voted: nothing of what they voted.
participation = table(
    "participation",
    code("bureau"),
    code("campaign", primary_key=True),
    code("rater", primary_key=True),  # person code, or token:<hash>
    code("rater_group"),
    Column("voted_on", Date),
    Index("participation_rater", "bureau", "rater", "voted_on"),
)
# What was voted, while the campaign is open: sealed, all of one length (docs/decisions/0221).
sealed_ballot = table(
    "sealed_ballot",
    code("ballot", primary_key=True),  # random, not time-ordered, new whenever another ballot comes in
    code("campaign"),
    Column("sealed", LargeBinary, nullable=False),
    Index("sealed_ballot_campaign", "campaign"),
)
# What was voted, once the campaign is closed: nothing of who, nor when (docs/decisions/0202).
ballot = table(
    "ballot",
    code("ballot", primary_key=True),  # random, not time-ordered
    code("bureau"),
    code("campaign"),
    code("rater_group"),
    Column("votes", JSONB, nullable=False),  # subject -> grade
    Index("ballot_campaign", "campaign"),
)
veto = table(
    "veto",
    code("bureau"),
    code("cycle"),
    code("veto", primary_key=True),
    revision(),
    code("indicator"),
    code("subject"),
    code("layer"),
    code("unit"),
    code("status"),
    long_text("reason"),
    long_text("decision"),
    code("proposed_by"),
    code("decided_by", nullable=True),
    code("source"),
    code("source_ref", nullable=True),
    Column("evidence", JSONB, nullable=False),
    Column("fact_on", Date),
    Column("decided_on", Date),
    Index("veto_status", "bureau", "cycle", "status", "veto"),
    Index("veto_subject", "bureau", "cycle", "subject", "veto"),
)
