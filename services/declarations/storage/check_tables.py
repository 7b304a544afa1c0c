"""Tables of spot checks and appeals, and of the days on which was decided what they are about."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, Numeric, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB

from services.declarations.storage.columns import code, long_text, revision, table
from services.declarations.storage.types import Quantities

spot_check = table(
    "spot_check",
    code("bureau"),
    code("cycle"),
    code("spot_check", primary_key=True),
    revision(),
    code("kind"),
    code("status"),
    long_text("title"),
    long_text("reason"),
    code("period", nullable=True),
    Column("scope", JSONB, nullable=False),
    Column("method", JSONB, nullable=False),
    code("veto_indicator"),
    Column("population", Integer, nullable=False),
    Column("sample", Integer, nullable=False),
    Column("strata", JSONB, nullable=False),
    Column("pool", JSONB, nullable=False),
    code("commitment"),
    long_text("value_name"),
    Column("value_due", Date),
    Column("value", Text),
    code("announced_by"),
    Column("announced_at", DateTime(timezone=True), nullable=False),
    code("drawn_by", nullable=True),
    Column("drawn_at", DateTime(timezone=True)),
    code("closed_by", nullable=True),
    Column("closed_on", Date),
    Column("figures", JSONB, nullable=False),
    Index("spot_check_status", "bureau", "cycle", "status", "spot_check"),
)
# The text whose SHA-256 was published: kept as it was hashed.
frozen_list = table("frozen_list", code("spot_check", primary_key=True), Column("text", Text, nullable=False))
inspection = table(
    "inspection",
    code("bureau"),
    code("cycle"),
    code("inspection", primary_key=True),
    revision(),
    code("spot_check"),
    code("kind"),
    code("item"),
    code("subject"),
    code("layer"),
    code("unit"),
    code("indicator"),
    code("period"),
    Column("place", Integer, nullable=False),
    code("stratum"),
    code("probability"),
    Column("excluded", JSONB, nullable=False),
    code("inspector", nullable=True),
    Column("recused", JSONB, nullable=False),
    code("status"),
    code("verdict", nullable=True),
    long_text("text"),
    Column("evidence", JSONB, nullable=False),
    Column("counts_before", Quantities),
    Column("counts_after", Quantities),
    Column("points_before", Numeric(8, 2)),
    Column("points_after", Numeric(8, 2)),
    code("found_by", nullable=True),
    Column("found_on", Date),
    code("veto", nullable=True),
    UniqueConstraint("spot_check", "kind", "item", name="inspection_item"),
    Index("inspection_inspector", "bureau", "cycle", "inspector", "status", "inspection"),
    Index("inspection_unit", "bureau", "cycle", "unit", "subject", "verdict"),
    Index("inspection_of", "kind", "item"),
)
appeal = table(
    "appeal",
    code("bureau"),
    code("cycle"),
    code("appeal", primary_key=True),
    revision(),
    code("kind"),
    code("object"),
    Column("object_revision", Integer, nullable=False),
    code("subject"),
    code("layer"),
    code("unit"),
    code("indicator", nullable=True),
    code("status"),
    long_text("text"),
    Column("evidence", JSONB, nullable=False),
    Column("involved", JSONB, nullable=False),
    code("filed_by"),
    Column("filed_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    long_text("decision"),
    Column("corrections", JSONB, nullable=False),
    code("decided_by", nullable=True),
    Column("decided_on", Date),
    Index("appeal_status", "bureau", "cycle", "status", "appeal"),
    Index("appeal_unit", "bureau", "cycle", "unit", "subject"),
    Index("appeal_open", "bureau", "kind", "object", "subject", unique=True, postgresql_where=text("status = 'filed'")),
    Index("appeal_of", "bureau", "kind", "object"),
)
appeal_terms = table(
    "appeal_terms",
    code("bureau", primary_key=True),
    code("cycle", primary_key=True),
    revision(),
    Column("file_days", Integer, nullable=False),
    Column("decide_days", Integer, nullable=False),
)
# The same by the day from which they hold; none where they were never set, or by a release that did not date them.
appeal_terms_since = table(
    "appeal_terms_since",
    code("bureau", primary_key=True),
    code("cycle", primary_key=True),
    Column("since", Date, primary_key=True),
    Column("file_days", Integer, nullable=False),
    Column("decide_days", Integer, nullable=False),
)
# What a check or an appeal changed in an item, beside the item's own record.
correction = table(
    "correction",
    code("bureau"),
    code("cycle"),
    code("kind", primary_key=True),
    code("item", primary_key=True),
    Column("revision", Integer, primary_key=True),  # the one it made
    code("cause"),  # spot_check or appeal
    code("reference"),  # its id
    code("by"),
    long_text("reason"),
    Column("on", Date, nullable=False),
    Column("counts_before", Quantities, nullable=False),
    Column("counts_after", Quantities, nullable=False),
    Column("points_before", Numeric(8, 2), nullable=False),
    Column("points_after", Numeric(8, 2), nullable=False),
)
# The day on which an item last came into its state: from it the term of an appeal runs.
decided = table(
    "decided",
    code("bureau", primary_key=True),
    code("kind", primary_key=True),
    code("item", primary_key=True),
    Column("on", Date, nullable=False),
    code("by"),
)
published_run = table(
    "published_run",
    code("bureau", primary_key=True),
    code("run", primary_key=True),
    revision(),
    code("cycle"),
    code("status"),
    code("by"),
    Column("on", Date, nullable=False),  # of its publication, else the day on which this service heard of it
    Column("objections_until", Date),  # until when its publication takes appeals against scores
)
