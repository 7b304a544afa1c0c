"""The tables of targets. Whatever belongs to a bureau carries its code; what grows with staff × items is cut by cycle."""

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    Numeric,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, JSONB

from services.targets.domain.quantities import plain
from shared.database import metadata_for

metadata = metadata_for("targets")


class Quantity(TypeDecorator[Decimal]):
    """An exact number, read without the zeros that the column's scale adds."""

    impl = Numeric(18, 6)
    cache_ok = True

    def process_result_value(self, value: Decimal | None, _dialect: Dialect) -> Decimal | None:
        return None if value is None else plain(value)


def _key(name: str, length: int = 40) -> Column[Any]:
    return Column(name, String(length), primary_key=True)


def _text(name: str, *, null: bool = False, empty: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=null, server_default="" if empty else None)


def _revision() -> Column[Any]:
    return Column("revision", Integer, nullable=False)


def _by() -> Column[Any]:
    """The account that made this revision."""
    return _text("by")


bureaus = Table(
    "bureaus", metadata, _key("bureau"), _text("name"), Column("created_at", DateTime(timezone=True), nullable=False)
)

units = Table(
    "units",
    metadata,
    _key("bureau"),
    _key("unit"),
    _revision(),
    _by(),
    _text("name"),
    _text("kind"),
    _text("line"),
    _text("parent", null=True),
    _text("notes"),
    Column("active", Boolean, nullable=False),
)

positions = Table(
    "positions",
    metadata,
    _key("bureau"),
    _key("position"),
    _revision(),
    _text("title"),
    _text("unit_kind"),
    _text("line"),
    _text("duties"),
    Column("head", Boolean, nullable=False),
    _text("unit", null=True),
)

persons = Table(
    "persons",
    metadata,
    _key("bureau"),
    _key("person"),
    _revision(),
    _by(),
    _text("name"),
    Column("active", Boolean, nullable=False),
    _text("spelling", empty=True),
    # the day for which the others were told last where the person is
    Column("told_on", Date, nullable=False, server_default=text("CURRENT_DATE")),
)

assignments = Table(
    "assignments",
    metadata,
    _key("bureau"),
    _key("person"),
    Column("starts", Date, primary_key=True),
    Column("ends", Date),
    _text("unit"),
    _text("line"),
    _text("position"),
    Column("head", Boolean, nullable=False),
    Column("kind", Text, nullable=False, server_default=text("'post'")),  # post, secondment, outside
)

cycles = Table(
    "cycles",
    metadata,
    _key("bureau"),
    _key("cycle", 10),
    _revision(),
    _by(),
    _text("status"),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("library_revision", Integer, nullable=False),
    Column("model_revision", Integer, nullable=False),
    Column("weights", JSONB, nullable=False),
    Column("composite", JSONB, nullable=False),
    _text("rounding"),
    Column("quota_percent", Integer, nullable=False),
    Column("tie_chain", JSONB, nullable=False),
    Column("calendar", JSONB, nullable=False),
    Column("evaluations", Text, nullable=False, server_default="raw"),
)

libraries = Table(
    "libraries",
    metadata,
    _key("bureau"),
    _key("cycle", 10),
    Column("library_revision", Integer, primary_key=True),
    Column("weights", JSONB, nullable=False),
    Column("composite", JSONB, nullable=False),
    Column("figures", JSONB, nullable=False),
    Column("definitions", JSON, nullable=False, server_default=text("'{}'")),  # target -> component -> in words
    Column("effective", Date),  # from when it holds; set when it is published
    Column("note", Text, nullable=False, server_default=text("''")),
    Column("published_at", DateTime(timezone=True)),
    _text("published_by", null=True),
)

indicators = Table(
    "indicators",
    metadata,
    _key("bureau"),
    _key("cycle", 10),
    Column("library_revision", Integer, primary_key=True),
    _key("indicator", 10),
    *(_text(name) for name in ("level1", "level2", "name", "category", "nature", "tool", "line")),
    Column("layers", ARRAY(Text), nullable=False),
    _text("measure_unit"),
    Column("full_points", Quantity, nullable=False),
    _text("rule"),
    Column("rule_params", JSON, nullable=False),  # not JSONB: people read the keys in the order they were written
    *(_text(name) for name in ("frequency", "assessor", "evidence", "standard", "basis", "source")),
    _text("figure", null=True),
    Column("history", JSONB, nullable=False),
    Column("target", Quantity),
    Column("per_person_cap", Quantity),
)

allocations = Table(
    "allocations",
    metadata,
    _key("bureau"),
    _key("cycle", 10),
    _key("indicator", 10),
    _key("unit"),
    _revision(),
    Column("quantity", Quantity, nullable=False),
)

proposals = Table(
    "proposals",
    metadata,
    _key("bureau"),
    _key("cycle", 10),
    _key("indicator", 10),
    _key("subject"),
    _text("layer"),
    _text("unit"),
    Column("quantity", Quantity, nullable=False),
    Column("fair", Quantity),  # pro rata by capacity, before limits and rounding
    Column("bound", Text),  # which limit holds it: cap, floor, ceiling, least
    postgresql_partition_by="LIST (cycle)",
)

claims = Table(
    "claims",
    metadata,
    _key("bureau"),
    _key("cycle", 10),
    _key("indicator", 10),
    _key("subject"),
    _revision(),
    _by(),
    _text("layer"),
    _text("unit"),
    Column("target", Quantity),
    Column("days", Integer),  # of the cycle that the quantity is meant for; null: all of it
    Column("status", Text, nullable=False, server_default=text("'claimed'")),
    postgresql_partition_by="LIST (cycle)",
)

Index("claims_by_subject", claims.c.bureau, claims.c.cycle, claims.c.subject)
Index("claims_by_unit", claims.c.bureau, claims.c.cycle, claims.c.unit, claims.c.indicator)
Index("proposals_by_unit", proposals.c.bureau, proposals.c.cycle, proposals.c.unit)
Index("assignments_by_unit", assignments.c.bureau, assignments.c.unit)
