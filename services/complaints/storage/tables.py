"""The tables of the schema ``complaints``. What happened stands in ``case_events``; ``cases`` holds what that makes of each case."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.complaints.storage.indexed import OPEN, PROVISIONAL, RECEIVED
from shared.database import metadata_for

metadata = metadata_for("complaints")


def _bureau() -> Column[str]:
    return Column("bureau", String(20), primary_key=True)


def _instant(name: str, *, nullable: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _empty(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _no(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default="false")


def _where_known(name: str) -> Index:
    return Index(f"ix_cases_{name}", "bureau", name, postgresql_where=text(f"{name} IS NOT NULL"))


# What others own: copies kept from their events.

units = Table(
    "units",
    metadata,
    _bureau(),
    Column("unit", String(20), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("line", String(40), nullable=False),
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
    Column("line", String(40), nullable=False),
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
    # Since revision 0002; the release before knows none of them.
    Column("channel", String(20)),
    _empty("trader_address"),
    _empty("goods"),
    Column("amount", Numeric(14, 2)),  # yuan in dispute
    _empty("request"),
    _no("real_name"),
    _instant("first_received_at"),
    Column("linked_to", String(36)),
    _empty("registered_by"),
    _instant("taken_up_at"),
    Column("returns", Integer, nullable=False, server_default="0"),
    Column("supervisions", Integer, nullable=False, server_default="0"),
    Column("entrusted_to", String(20)),
    Column("mediator", String(20)),
    Column("merged_into", String(36)),
    Column("backdated", JSONB, nullable=False, server_default="[]"),
    Column("due", Date),  # of the nearest deadline that runs
    Column("due_number", Integer, nullable=False, server_default="999999"),  # its day as a number; those without last
    _no("paused"),
    Column("contact", LargeBinary),  # who complained and how to reach them, sealed
    Column("person_keys", ARRAY(Text), nullable=False, server_default="{}"),  # keyed hashes that tell the same person
    Column("calendar", Integer, nullable=False, server_default="0"),  # by which version its deadlines were reckoned
    _instant("next_look"),  # when the supervision has to look at it next
    _instant("published_at"),  # since revision 0003
    Column("reported_as", String(36)),
    Column("address_key", String(32)),  # keyed hash of the consumer's address
    Column("platform_number", String(50)),  # of the national platform; since revision 0012
    Column("nature", String(20)),  # of a filed case: what was infringed
    _no("penalised"),
    _instant("ended_at"),
    Column("fined", Numeric(14, 2)),  # yuan
    _instant("withheld_at"),
    _instant("objected_at"),  # to its publication, and not decided yet
    Column("sealed_by", Integer, nullable=False, server_default="0"),  # the number of the key
    UniqueConstraint("cycle", "bureau", "organisation", "number", name="uq_cases_number"),
    *(Index(f"ix_cases_{name}", "bureau", name, "status") for name in ("unit", "handler")),
    Index("ix_cases_open", "bureau", "due_number", "code", postgresql_where=text(OPEN)),
    Index("ix_cases_due_number", "bureau", "due_number", "code"),
    Index("ix_cases_received", "bureau", text(RECEIVED), "code"),
    Index("ix_cases_provisional", "bureau", postgresql_where=text(PROVISIONAL)),
    Index("ix_cases_trader", "bureau", "trader"),
    Index("ix_cases_intake", "bureau", "intake_unit"),
    Index("ix_cases_by_number", "bureau", "number", "code"),
    Index("ix_cases_registered_by", "bureau", "registered_by", postgresql_where=text("registered_by <> ''::text")),
    Index("ix_cases_published", "bureau", "published_at", "code", postgresql_where=text("published_at IS NOT NULL")),
    *map(_where_known, ("due", "next_look", "linked_to", "reported_as", "merged_into", "address_key")),
    *map(_where_known, ("platform_number", "entrusted_to", "mediator")),
    Index("ix_cases_person_keys", "person_keys", postgresql_using="gin"),
    postgresql_partition_by="LIST (cycle)",
)

case_events = Table(
    "case_events",
    metadata,
    Column("cycle", String(20), primary_key=True),  # the case's
    _bureau(),
    Column("code", String(36), primary_key=True),
    Column("number", Integer, primary_key=True),  # in the order of recording
    Column("name", String(20), nullable=False),
    _instant("recorded_at", nullable=False),
    _instant("happened_at", nullable=False),
    Column("account", Text, nullable=False),
    Column("person", String(20)),
    Column("on_behalf_of", Text),
    Column("why", Text, nullable=False),
    Column("names", Integer),  # the event that it puts right
    Column("inherited", Boolean, nullable=False),
    Column("given", JSONB, nullable=False),  # never who complained
    Column("late_after", Integer, nullable=False, server_default="7"),  # days, as it was set when it was recorded
    postgresql_partition_by="LIST (cycle)",
)

calendars = Table(
    "calendars",
    metadata,
    _bureau(),
    Column("version", Integer, primary_key=True),
    _instant("known_at", nullable=False),
    Column("overrides", JSONB, nullable=False),  # ISO date -> worked, of all cycles together
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
    _no("backdated"),
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
    Column("reported", JSONB),  # as the month was last closed with; what came since is the difference
    Column("by", Text, nullable=False),
)
