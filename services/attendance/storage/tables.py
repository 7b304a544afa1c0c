"""The tables of the schema ``attendance``. Instants are UTC; a punch's ``time`` is when the device showed it, by its time zone."""

from datetime import date
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shared.database import metadata_for

metadata = metadata_for("attendance")
UNCLAIMED = ""  # the bureau of a device that nobody approved yet
EVER = date(1970, 1, 1)  # from when what has no beginning holds


def shown(table: Table, *hidden: str) -> list[Column[Any]]:
    """Return what a list tells of ``table``: all but whose bureau it is and what is ``hidden``."""
    return [column for column in table.columns if column.name not in ("bureau", *hidden)]


def bureau_column() -> Column[str]:
    return Column("bureau", String(20), primary_key=True)


def instant_column(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


# What others own: copies kept from their events.

units = Table(
    "units",
    metadata,
    bureau_column(),
    Column("unit", String(20), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("active", Boolean, nullable=False),
)

persons = Table(
    "persons",
    metadata,
    bureau_column(),
    Column("person", String(20), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("assignments", JSONB, nullable=False),  # [{"unit", "starts", "ends"}]
)

cycles = Table(
    "cycles",
    metadata,
    bureau_column(),
    Column("cycle", String(20), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("calendar", JSONB, nullable=False),  # ISO date -> worked
)

# Devices. The serial number is a device's only identity, so it is one for the whole installation; a device that no bureau
# has approved yet belongs to the bureau "".

devices = Table(
    "devices",
    metadata,
    Column("serial", String(64), primary_key=True),
    Column("bureau", String(20), nullable=False, index=True),
    Column("status", String(20), nullable=False),  # pending, approved, retired, rejected, expired
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("info", Text, nullable=False),
    Column("address", Text, nullable=False),
    instant_column("seen_at", nullable=True),
    instant_column("punched_at", nullable=True),
    Column("revision", Integer, nullable=False),
    Column("device_group", String(20), nullable=False, server_default=""),  # whose PINs are its own; "" the bureau's
    Column("drift", Integer, nullable=True),  # seconds received after punched, of the last live push
    Column(
        "networks", ARRAY(Text), nullable=False, server_default="{}"
    ),  # from which it may speak; none: from anywhere
    Column("addresses", ARRAY(Text), nullable=False, server_default="{}"),  # that somebody knows about
    Column("previous_address", Text, nullable=False, server_default=""),  # from which it spoke before ``address``
    instant_column("previous_until", nullable=True),
    Column("time_zone", Text, nullable=False, server_default="Asia/Shanghai"),  # of the times that it shows
    Column("earlier_zones", JSONB, nullable=False, server_default="[]"),  # [[zone, until when it was set]], ascending
    Column("held", Integer, nullable=True),  # records, as it told last
    Column("kept", Integer, nullable=False, server_default="0"),  # records of it that were stored since that is counted
    Column("ahead", Integer, nullable=True),  # held less kept, when that was least
    instant_column("agreed_at", nullable=True),  # when it last told a number by which nothing is missing
    Column("protocol", String(20), nullable=False, server_default=""),  # access, hikvision; "" attendance
    Column("encoding", String(20), nullable=False, server_default=""),  # of the names that it sent; "" none yet
    instant_column("listed_at", nullable=True),  # when it was asked for the users that it told last
    Column("unit", String(20), nullable=False, server_default=""),  # at whose door it hangs; "" nobody's in particular
    Column("key_digest", Text, nullable=False, server_default=""),  # of what it has to say when it says hello
    Column("keyed_address", Text, nullable=False, server_default=""),  # from which it said so last
)

# A PIN is a person's on the clocks of a group ("" all of the bureau's), from a day to a day; nobody else's meanwhile.
enrolments = Table(
    "enrolments",
    metadata,
    bureau_column(),
    Column("pin", String(64), primary_key=True),
    Column("person", String(20), nullable=False),
    Column("device_group", String(20), primary_key=True, server_default=""),
    Column("starts", Date, primary_key=True, server_default=EVER.isoformat()),
    Column("ends", Date, nullable=True),  # inclusive; null while it lasts
    Index("ix_enrolments_person", "bureau", "person"),
)


def punch_columns() -> list[Column[object]]:
    """Return the columns of a punch, which is the same where device, PIN, time, status and verify are the same."""
    return [
        Column("device", String(64), primary_key=True),
        Column("pin", String(64), primary_key=True),
        Column("time", DateTime(timezone=True), primary_key=True),
        Column("status", Integer, primary_key=True),
        Column("verify", Integer, primary_key=True),
        Column("raw", Text, nullable=False),
        instant_column("received_at"),
    ]


punches = Table(
    "punches",
    metadata,
    Column("cycle", String(20), primary_key=True),  # the year of the punch
    *punch_columns(),
    Column("bureau", String(20), nullable=False),
    Index("ix_punches_person", "bureau", "pin", "time"),
    postgresql_partition_by="LIST (cycle)",
)

# Rules and facts of a person's days.

shifts = Table(
    "shifts",
    metadata,
    bureau_column(),
    Column("shift", String(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("spans", JSONB, nullable=False),  # [[start, end]], minutes after midnight; past 1440 is the next day
    Column("tolerance", Integer, nullable=False),
    Column("absent_after", Integer, nullable=False),
    Column("opens_before", Integer, nullable=False),
    Column("flex", Integer, nullable=False, server_default="0"),
)

shift_assignments = Table(
    "shift_assignments",
    metadata,
    bureau_column(),
    Column("person", String(20), primary_key=True),  # "" for the whole bureau
    Column("starts", Date, primary_key=True),
    Column("shift", String(20), nullable=False),  # "" exempt, or rotating
    Column("ends", Date, nullable=True),  # inclusive; null: until something else is assigned
    Column(
        "rotation", JSONB, nullable=False, server_default="[]"
    ),  # codes, a day each from ``starts`` on; "" a day of rest
)

leaves = Table(
    "leaves",
    metadata,
    bureau_column(),
    Column("leave", String(36), primary_key=True),
    Column("person", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("first", Date, nullable=False),
    Column("first_half", Integer, nullable=False),
    Column("last", Date, nullable=False),
    Column("last_half", Integer, nullable=False),
    instant_column("starts_at", nullable=True),  # an outing by the hour
    instant_column("ends_at", nullable=True),
    Column("reason", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("status", String(20), nullable=False),  # requested, endorsed, approved, refused, withdrawn
    Column("requested_by", Text, nullable=False, server_default=""),
    Column("steps", JSONB, nullable=False, server_default="[]"),  # [{"step", "by", "at", "reason"}]
    Index("ix_leaves_person", "bureau", "person", "last"),
)

corrections = Table(
    "corrections",
    metadata,
    bureau_column(),
    Column("person", String(20), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("point", String(20), primary_key=True),  # arrive, noon_out, noon_in, depart
    Column("reason", Text, nullable=False),
    instant_column("filed_at"),
    Column("filed_by", Text, nullable=False),
    Column("status", String(20), nullable=False, server_default="approved"),  # filed, approved, refused, withdrawn
    Column("decided_by", Text, nullable=False, server_default=""),
)

gatherings = Table(
    "gatherings",
    metadata,
    bureau_column(),
    Column("gathering", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),  # meeting, study
    Column("name", Text, nullable=False),
    instant_column("opens_at"),
    instant_column("closes_at"),
    Column("persons", ARRAY(String(20)), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("status", String(20), nullable=False),  # called, withdrawn
    Index("ix_gatherings_opens", "bureau", "opens_at"),
)

months = Table(
    "months",
    metadata,
    bureau_column(),
    Column("month", String(7), primary_key=True),
    instant_column("closed_at"),
    Column("closed_by", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    instant_column("under_way", nullable=True),  # when its closing judged somebody last; null once it has ended
)

month_figures = Table(
    "month_figures",
    metadata,
    bureau_column(),
    Column("month", String(7), primary_key=True),
    Column("subject", String(20), primary_key=True),
    Column("layer", String(20), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("figures", JSONB, nullable=False),  # as in AttendanceMonthChanged, decimals as text
    # a person: judged days and sign-ins; a unit: what each member brought
    Column("detail", JSONB, nullable=False),
    Column("by", Text, nullable=False),
)
