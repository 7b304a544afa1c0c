"""The tables as revision 0001 made them, kept as they were: what came later is in the revisions after it."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, Numeric, String, Table, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB

from shared.first_tables import first_metadata

metadata = first_metadata("complaints")


def _bureau() -> Column[str]:
    return Column("bureau", String(20), primary_key=True)


def _instant(name: str, *, nullable: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


# What others own: copies kept from their events.

units = Table(
    "units",
    metadata,
    _bureau(),
    Column("unit", String(20), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("line", String(30), nullable=False),
    Column("active", Boolean, nullable=False),
)

persons = Table(
    "persons",
    metadata,
    _bureau(),
    Column("person", String(20), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("line", String(30), nullable=False),
    Column("active", Boolean, nullable=False),
)

cycles = Table(
    "cycles",
    metadata,
    _bureau(),
    Column("cycle", String(20), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("calendar", JSONB, nullable=False),  # ISO date -> worked
)

cases = Table(
    "cases",
    metadata,
    Column("cycle", String(20), primary_key=True),  # the year in which it was received
    _bureau(),
    Column("code", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("organisation", String(20), nullable=False),
    Column("number", String(50), nullable=False),
    Column("status", String(20), nullable=False),
    Column("intake_unit", String(20), nullable=False),
    _instant("received_at", nullable=False),
    _instant("registered_at", nullable=False),
    Column("summary", Text, nullable=False),
    Column("trader", Text, nullable=False),
    Column("consumer", Text, nullable=False),
    Column("unit", String(20)),
    Column("handler", String(20)),
    _instant("assigned_at"),
    Column("entrusted", Boolean, nullable=False),
    _instant("contacted_at"),
    _instant("decided_at"),
    Column("refusal_ground", String(10)),
    Column("pauses", JSONB, nullable=False),  # [[first day, last day or null]]
    Column("restarted_on", Date),
    _instant("extended_at"),
    _instant("concluded_at"),
    Column("outcome", String(20)),
    Column("termination_ground", String(10)),
    Column("recovered", Numeric(14, 2), nullable=False),  # yuan
    Column("voucher", Boolean, nullable=False),
    Column("perform_by", Date),
    Column("performed_on", Date),
    Column("must_tell", Boolean, nullable=False),
    _instant("told_at"),
    _instant("followed_up_at"),
    Column("answered", Boolean, nullable=False),
    Column("satisfaction", String(20)),
    Column("repeat_of", String(36)),
    Column("repeat_unit", String(20)),
    Column("repeat_handler", String(20)),
    Column("repeat_concluded", Date),
    Column("deadlines", JSONB, nullable=False),  # [{"name", "due", "done", "regime", "article", "state"}]
    Column("revision", Integer, nullable=False),
    UniqueConstraint("cycle", "bureau", "number", name="uq_cases_number"),
    Index("ix_cases_unit", "bureau", "unit", "status"),
    Index("ix_cases_handler", "bureau", "handler", "status"),
    postgresql_partition_by="LIST (cycle)",
)

case_facts = Table(
    "case_facts",
    metadata,
    Column("cycle", String(20), primary_key=True),  # the case's
    _bureau(),
    Column("code", String(36), primary_key=True),
    Column("number", Integer, primary_key=True),  # of the fact within its case
    Column("month", String(7), nullable=False),
    Column("day", Date, nullable=False),
    Column("figure", String(40), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("person", String(20)),
    Column("numerator", Numeric(18, 6), nullable=False),
    Column("denominator", Numeric(18, 6), nullable=False),
    Index("ix_case_facts_month", "bureau", "month"),
    postgresql_partition_by="LIST (cycle)",
)

months = Table(
    "months",
    metadata,
    _bureau(),
    Column("month", String(7), primary_key=True),
    _instant("closed_at", nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("revision", Integer, nullable=False),
)

figures = Table(
    "figures",
    metadata,
    _bureau(),
    Column("month", String(7), primary_key=True),
    Column("subject", String(20), primary_key=True),
    Column("layer", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("figures", JSONB, nullable=False),  # as in CaseFiguresChanged, decimals as text
    Column("by", Text, nullable=False),
)
