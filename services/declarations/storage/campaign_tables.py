"""Tables of campaigns: who is graded, who takes part, and the ballots, which lead back to nobody (docs/decisions/0202, 0221)."""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, Numeric, String, text
from sqlalchemy.dialects.postgresql import JSONB

from services.declarations.storage.columns import code, long_text, metadata, revision, table
from services.declarations.storage.types import Quantities

__all__ = ["ballot", "campaign", "evaluation", "metadata", "participation", "sealed_ballot"]

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
    Column("combination", String(100), nullable=False, server_default="plain"),
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
    Index(
        "evaluation_standing",
        *("bureau", "cycle", "subject", "period", "indicator"),
        unique=True,
        postgresql_where=text("status <> 'withdrawn'"),
    ),
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
