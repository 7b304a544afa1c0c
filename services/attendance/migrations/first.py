"""The tables as revision 0001 made them, kept as they were: what came later is in the revisions after it."""

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shared.first_tables import first_metadata

metadata = first_metadata("attendance")


def _bureau() -> Column[str]:
    return Column("bureau", String(20), primary_key=True)


def _instant(name: str, *, nullable: bool = False) -> Column[object]:
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
    Column("active", Boolean, nullable=False),
    Column("assignments", JSONB, nullable=False),  # [{"unit", "starts", "ends"}]
)

cycles = Table(
    "cycles",
    metadata,
    _bureau(),
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
    Column("status", String(20), nullable=False),  # pending, approved, retired
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("info", Text, nullable=False),
    Column("address", Text, nullable=False),
    _instant("seen_at", nullable=True),
    _instant("punched_at", nullable=True),
    Column("revision", Integer, nullable=False),
)

enrolments = Table(
    "enrolments",
    metadata,
    _bureau(),
    Column("pin", String(64), primary_key=True),
    Column("person", String(20), nullable=False),
    Index("ix_enrolments_person", "bureau", "person"),
)


def _punch_columns() -> list[Column[object]]:
    """A punch is the same punch where device, PIN, time, status and verify are the same."""
    return [
        Column("device", String(64), primary_key=True),
        Column("pin", String(64), primary_key=True),
        Column("time", DateTime(timezone=True), primary_key=True),
        Column("status", Integer, primary_key=True),
        Column("verify", Integer, primary_key=True),
        Column("raw", Text, nullable=False),
        _instant("received_at"),
    ]


punches = Table(
    "punches",
    metadata,
    Column("cycle", String(20), primary_key=True),  # the year of the punch
    *_punch_columns(),
    Column("bureau", String(20), nullable=False),
    Index("ix_punches_person", "bureau", "pin", "time"),
    postgresql_partition_by="LIST (cycle)",
)

quarantined_punches = Table("quarantined_punches", metadata, *_punch_columns())

suspect_punches = Table(
    "suspect_punches",
    metadata,
    *_punch_columns(),
    Column("bureau", String(20), nullable=False, index=True),
    Column("reason", String(20), nullable=False),  # too_old, in_future
)

rejected_lines = Table(
    "rejected_lines",
    metadata,
    Column("device", String(64), primary_key=True),
    Column("digest", String(64), primary_key=True),  # SHA-256 of the raw line: a resent line is kept once
    Column("raw", Text, nullable=False),
    Column("reason", String(20), nullable=False),
    _instant("received_at"),
)

# Rules and facts of a person's days.

shifts = Table(
    "shifts",
    metadata,
    _bureau(),
    Column("shift", String(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("spans", JSONB, nullable=False),  # [[start, end]], minutes after midnight; past 1440 is the next day
    Column("tolerance", Integer, nullable=False),
    Column("absent_after", Integer, nullable=False),
    Column("opens_before", Integer, nullable=False),
)

shift_assignments = Table(
    "shift_assignments",
    metadata,
    _bureau(),
    Column("person", String(20), primary_key=True),  # "" for the whole bureau
    Column("starts", Date, primary_key=True),
    Column("shift", String(20), nullable=False),
)

leaves = Table(
    "leaves",
    metadata,
    _bureau(),
    Column("leave", String(36), primary_key=True),
    Column("person", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("first", Date, nullable=False),
    Column("first_half", Integer, nullable=False),
    Column("last", Date, nullable=False),
    Column("last_half", Integer, nullable=False),
    _instant("starts_at", nullable=True),  # an outing by the hour
    _instant("ends_at", nullable=True),
    Column("reason", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("status", String(20), nullable=False),  # approved, withdrawn
    Index("ix_leaves_person", "bureau", "person", "last"),
)

corrections = Table(
    "corrections",
    metadata,
    _bureau(),
    Column("person", String(20), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("point", String(20), primary_key=True),  # arrive, noon_out, noon_in, depart
    Column("reason", Text, nullable=False),
    _instant("filed_at"),
    Column("filed_by", Text, nullable=False),
)

gatherings = Table(
    "gatherings",
    metadata,
    _bureau(),
    Column("gathering", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),  # meeting, study
    Column("name", Text, nullable=False),
    _instant("opens_at"),
    _instant("closes_at"),
    Column("persons", ARRAY(String(20)), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("status", String(20), nullable=False),  # called, withdrawn
    Index("ix_gatherings_opens", "bureau", "opens_at"),
)

months = Table(
    "months",
    metadata,
    _bureau(),
    Column("month", String(7), primary_key=True),
    _instant("closed_at"),
    Column("closed_by", Text, nullable=False),
    Column("revision", Integer, nullable=False),
)

month_figures = Table(
    "month_figures",
    metadata,
    _bureau(),
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
