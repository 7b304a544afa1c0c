"""Tables of what the centre knows beside its cases: traders, goods under test, counterfeits and answers, hot spots, leads."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, String, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB

from services.complaints.storage.tables import cases, metadata

__all__ = ["metadata"]


def _key(name: str) -> Column[str]:
    return Column(name, String(36), primary_key=True)


def _bureau() -> Column[str]:
    return Column("bureau", String(20), primary_key=True)


def _kept() -> tuple[Column[int], Column[object], Column[str]]:
    return (
        Column("revision", Integer, nullable=False),
        Column("kept_at", DateTime(timezone=True), nullable=False),
        Column("kept_by", Text, nullable=False),
    )


traders = Table(
    "traders",
    metadata,
    _bureau(),
    _key("trader"),
    *_kept(),
    Column("name", Text, nullable=False),
    Column("credit_code", String(18), nullable=False),  # empty where it is not known
    Column("address", Text, nullable=False),
    Column("place", Text, nullable=False),  # where the business is really done
    Column("unit", String(20)),  # which supervises it
    Column("shops", JSONB, nullable=False),  # [{"platform", "name"}]
    Column("merged_into", String(36)),
    Index(
        "uq_traders_credit_code",
        "bureau",
        "credit_code",
        unique=True,
        postgresql_where=text("((credit_code)::text <> ''::text) AND (merged_into IS NULL)"),
    ),
    Column("searched", Text, nullable=False),
    Index("ix_traders_name", "bureau", "name", "trader", postgresql_where=text("merged_into IS NULL")),
    Index("ix_traders_bigrams", text("complaints.bigrams(searched)"), postgresql_using="gin"),
)

trader_names = Table(
    "trader_names",
    metadata,
    _bureau(),
    Column("name", Text, primary_key=True),  # by which cases are linked
    Column("trader", String(36), nullable=False),
    Index("ix_trader_names_trader", "bureau", "trader"),
)

case_traders = Table(
    "case_traders",
    metadata,
    _bureau(),
    _key("code"),  # the case
    Column("trader", String(36), nullable=False),
    Column("name", Text, nullable=False),  # as the case had it when it was linked
    Column("how", String(10), nullable=False),
    Index("ix_case_traders_trader", "bureau", "trader"),
)

trader_merges = Table(
    "trader_merges",
    metadata,
    _bureau(),
    _key("merge"),
    Column("gone", String(36), nullable=False),
    Column("stays", String(36), nullable=False),
    Column("cases", JSONB, nullable=False),
    Column("names", JSONB, nullable=False),
    Column("why", Text, nullable=False),
    Column("merged_at", DateTime(timezone=True), nullable=False),
    Column("merged_by", Text, nullable=False),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", Text),
)

entries = Table(
    "entries",
    metadata,
    _bureau(),
    _key("entry"),
    *_kept(),
    Column("kind", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("searched", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("contact", Text, nullable=False),  # of a right holder; told to few
    Column("valid_until", Date),
    Column("withdrawn", Boolean, nullable=False),
    Index("ix_entries_bigrams", text("complaints.bigrams(searched)"), postgresql_using="gin"),
)

entry_revisions = Table(
    "entry_revisions",
    metadata,
    _bureau(),
    _key("entry"),
    Column("revision", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("why", Text, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False),
    Column("kept_by", Text, nullable=False),
)

goods_plans = Table(
    "goods_plans",
    metadata,
    _bureau(),
    _key("plan"),
    *_kept(),
    Column("quarter", String(7), nullable=False),  # 2026-Q3
    Column("title", Text, nullable=False),
    Column("goods", Text, nullable=False),
    Column("traders", JSONB, nullable=False),  # codes of the register
    Column("wanted", Integer, nullable=False),  # samples
    Column("unit", String(20)),
    Column("closed", Boolean, nullable=False),
)

goods_samples = Table(
    "goods_samples",
    metadata,
    _bureau(),
    _key("sample"),
    *_kept(),
    Column("plan", String(36), nullable=False),
    Column("quarter", String(7), nullable=False),
    Column("goods", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("batch", Text, nullable=False),
    Column("trader", String(36), nullable=False),
    Column("unit", String(20)),
    Column("taken_on", Date, nullable=False),
    Column("status", String(20), nullable=False),
    Column("failed", Boolean),  # null: not tested yet
    Column("steps", JSONB, nullable=False),  # [{"step", "on", "by", ...}]
    Index("ix_goods_samples_plan", "bureau", "plan"),
    Index("ix_goods_samples_trader", "bureau", "trader"),
    Column("searched", Text, nullable=False),
    Index("ix_goods_samples_bigrams", text("complaints.bigrams(searched)"), postgresql_using="gin"),
)

hot_spots = Table(
    "hot_spots",
    metadata,
    _bureau(),
    _key("spot"),
    Column("kind", String(20), nullable=False),
    Column("about", Text, nullable=False),
    Column("week", Date, nullable=False),  # its Monday
    Column("cases", Integer, nullable=False),
    Column("former", Integer, nullable=False),  # cases of the weeks before
    Column("weeks", Integer, nullable=False),
    Column("chance", Text, nullable=False),  # that as many come by chance, an exact decimal cut after its digits
    Column("found_on", Date, nullable=False),
    UniqueConstraint("bureau", "kind", "about", "week", name="uq_hot_spots_once"),
)

hot_spot_looks = Table("hot_spot_looks", metadata, _bureau(), Column("looked_on", Date, primary_key=True))

leads = Table(
    "leads",
    metadata,
    _bureau(),
    _key("lead"),
    *_kept(),
    Column("cycle", String(20), nullable=False),
    Column("source", String(20), nullable=False),
    Column("source_code", String(36), nullable=False),
    Column("about", Text, nullable=False),  # what it came from, in words
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("line", String(40), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("deadline", Date, nullable=False),
    Column("status", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("task_order", String(36)),  # which was made of it
    Column("order_revision", Integer, nullable=False, server_default="0"),  # as it was told last
    Column("order_status", String(20)),
)

# What of a case is searched: of a report never what somebody wrote, which might tell who reported.
CASE_BIGRAMS = "complaints.case_bigrams(kind, number, trader, goods, summary)"
Index("ix_cases_bigrams", text(CASE_BIGRAMS), postgresql_using="gin", _table=cases)
