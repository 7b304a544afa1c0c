"""Tables around the way of a declaration: its timetable, consents, lateness, delegations, notices, and what everyone did."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.declarations.storage.columns import code, long_text, metadata, revision, table

__all__ = [
    "deed",
    "delegation",
    "late_consent",
    "lateness",
    "metadata",
    "notice",
    "notice_read",
    "reminded",
    "timetable",
]

# Working days after a period's end until which each step is due; in force for periods that end on ``since`` or later.
timetable = table(
    "timetable",
    code("bureau", primary_key=True),
    code("cycle", primary_key=True),
    code("frequency", primary_key=True),
    Column("since", Date, primary_key=True),
    Column("declare", Integer),
    Column("verify", Integer),
    Column("assess", Integer),
    Column("correct", Integer),
    Column("remind", Integer),
    Column("escalate", Integer),
    code("set_by"),
)
late_consent = table(
    "late_consent",
    code("bureau"),
    code("cycle"),
    code("consent", primary_key=True),
    revision(),
    code("subject"),
    code("layer"),
    code("period"),
    code("indicator"),
    code("unit"),
    code("assessor"),
    code("status"),
    long_text("reason"),
    long_text("answer"),
    Column("until", Date),
    code("asked_by"),
    Column("asked_on", Date, nullable=False),
    code("decided_by", nullable=True),
    code("decided_for", nullable=True),
    Column("decided_on", Date),
    UniqueConstraint("bureau", "cycle", "subject", "period", "indicator", name="late_consent_item"),
    Index("late_consent_assessor", "bureau", "cycle", "assessor", "status", "consent"),
)
# A verification, assessment or return that came after its day: a fact of its own, beside the item it was about.
lateness = table(
    "lateness",
    code("bureau"),
    code("cycle"),
    code("declaration"),
    Column("revision", Integer, nullable=False),  # of the declaration that had waited
    code("person"),  # whose duty it was
    code("unit"),  # the unit, section, "hr", "complaints_centre" or "panel" whose duty it was
    code("step"),
    code("indicator"),
    code("subject"),
    code("period"),
    code("by"),  # who did it in the end
    Column("due_on", Date, nullable=False),
    Column("done_on", Date, nullable=False),
    PrimaryKeyConstraint("cycle", "declaration", "revision", "person"),
    Index("lateness_person", "bureau", "cycle", "person"),
    Index("lateness_unit", "bureau", "cycle", "unit"),
)
delegation = table(
    "delegation",
    code("bureau"),
    code("delegation", primary_key=True),
    revision(),
    code("principal"),
    code("delegate"),
    code("role"),
    code("target", nullable=True),  # unit or line; None: bureau-wide
    code("unit"),  # the principal's, when it was made
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    code("status"),
    long_text("reason"),
    code("made_by"),
    code("ended_by", nullable=True),
    Index("delegation_delegate", "bureau", "delegate", "ends"),
    Index("delegation_principal", "bureau", "principal", "ends"),
)
# A notice is addressed to a person or to a duty ("head:D10"): whoever holds the duty when it is read, sees it.
notice = table(
    "notice",
    code("bureau"),
    code("notice", primary_key=True),
    code("cycle"),
    code("address"),
    code("kind"),
    code("about"),  # with address and kind: what it is about, so that nothing is said twice
    Column("on", Date, nullable=False),
    Column("content", JSONB, nullable=False),
    UniqueConstraint("bureau", "cycle", "address", "kind", "about", name="notice_once"),
    Index("notice_address", "bureau", "address", "notice"),
)
notice_read = table(
    "notice_read",
    code("notice", primary_key=True),
    code("person", primary_key=True),
    Column("on", Date, nullable=False),
)
reminded = table(
    "reminded",
    code("bureau", primary_key=True),
    code("cycle", primary_key=True),
    Column("on", Date, primary_key=True),
)
# 已办: every change of an aggregate, by whoever made it.
deed = table(
    "deed",
    code("bureau"),
    code("cycle"),
    Column("seq", BigInteger, Identity()),
    code("person"),
    Column("at", DateTime(timezone=True), nullable=False),
    code("kind"),
    code("item"),
    code("indicator"),
    code("subject"),
    code("period", nullable=True),
    code("before", nullable=True),
    code("after"),
    code("acted_for", nullable=True),  # who had delegated it
    code("step", nullable=True),  # what was done; null of what was done before steps were kept
    long_text("reason"),
    PrimaryKeyConstraint("cycle", "seq"),
    Index("deed_person", "bureau", "cycle", "person", "seq"),
    Index("deed_item", "bureau", "cycle", "item", "seq"),
    partitioned=True,
)
