"""Tables beside task orders: questions about them (问责), and temporary work that nobody had ordered."""

from sqlalchemy import Column, Date, Index
from sqlalchemy.dialects.postgresql import JSONB

from services.declarations.storage.columns import code, long_text, metadata, revision, table
from services.declarations.storage.types import Quantities

__all__ = ["inquiry", "metadata", "temporary_work"]

inquiry = table(
    "inquiry",
    code("bureau"),
    code("cycle"),
    code("inquiry", primary_key=True),
    revision(),
    code("order"),
    code("indicator"),
    code("subject"),
    code("layer"),
    code("period"),
    code("unit"),
    code("assessor"),
    code("status"),
    long_text("question"),
    Column("answer_by", Date, nullable=False),
    long_text("answer"),
    code("consequence", nullable=True),
    Column("deduction", Quantities, nullable=False),
    long_text("conclusion"),
    code("asked_by"),
    Column("asked_on", Date, nullable=False),
    code("answered_by", nullable=True),
    Column("answered_on", Date),
    code("closed_by", nullable=True),
    Column("closed_on", Date),
    Index("inquiry_order", "bureau", "cycle", "order"),
    Index("inquiry_subject", "bureau", "cycle", "subject", "status", "inquiry"),
    Index("inquiry_status", "bureau", "cycle", "status", "inquiry"),
)
temporary_work = table(
    "temporary_work",
    code("bureau"),
    code("cycle"),
    code("work", primary_key=True),
    revision(),
    code("indicator"),
    code("subject"),
    code("layer"),
    code("period"),
    code("unit"),
    code("assessor"),
    code("status"),
    long_text("title"),
    long_text("outcome"),
    long_text("asked_by"),  # who asked for it, in words: a leader, another section, an outside body
    Column("done_on", Date, nullable=False),
    Column("evidence", JSONB, nullable=False),
    Column("counts", Quantities, nullable=False),  # empty until assessed
    long_text("reason"),
    code("order", nullable=True),  # the task order as which it counts
    code("reported_by"),
    code("confirmed_by", nullable=True),
    code("assessed_by", nullable=True),
    Index("temporary_work_subject", "bureau", "cycle", "subject", "period", "work"),
    Index("temporary_work_unit", "bureau", "cycle", "unit", "status", "work"),
    Index("temporary_work_assessor", "bureau", "cycle", "assessor", "status", "work"),
)
