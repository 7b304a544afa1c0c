"""Tables of copies: what other services own, only the columns needed here, each row guarded by its revision."""

from sqlalchemy import Boolean, Column, Index, Numeric, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.declarations.storage.columns import code, long_text, revision, table

unit = table(
    "unit",
    code("bureau", primary_key=True),
    code("unit", primary_key=True),
    revision(),
    long_text("name"),
    code("kind"),
    code("line"),
    code("parent", nullable=True),
    Column("active", Boolean, nullable=False),
    Column("former_names", JSONB, nullable=False, server_default="[]"),  # [name, last day] of each
)
person = table(
    "person",
    code("bureau", primary_key=True),
    code("person", primary_key=True),
    revision(),
    long_text("name"),
    code("unit"),
    code("line"),
    Column("head", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("places", JSONB, nullable=False, server_default="[]"),  # [first day, last day or null, line] of each
    Column("former_names", JSONB, nullable=False, server_default="[]"),  # [name, last day] of each
    Index("person_unit", "bureau", "unit"),
)
cycle = table(
    "cycle",
    code("bureau", primary_key=True),
    code("cycle", primary_key=True),
    revision(),
    code("status"),
    code("rounding"),
    Column("periods", JSONB, nullable=False),
    Column("calendar", JSONB, nullable=False, server_default="{}"),  # ISO date -> worked
)
indicator = table(
    "indicator",
    code("bureau", primary_key=True),
    code("cycle", primary_key=True),
    code("indicator", primary_key=True),
    revision(),
    long_text("name"),
    code("category"),
    code("tool"),
    code("line"),
    Column("layers", ARRAY(String), nullable=False),
    code("measure_unit"),
    Column("full_points", Numeric, nullable=False),
    code("rule"),
    Column("rule_params", JSONB, nullable=False),
    code("frequency"),
    code("assessor"),
    long_text("standard"),
    long_text("evidence"),
    code("source"),
    code("figure", nullable=True),
    Column("active", Boolean, nullable=False),
)
claim = table(
    "claim",
    code("bureau", primary_key=True),
    code("cycle", primary_key=True),
    code("subject", primary_key=True),
    code("indicator", primary_key=True),
    revision(),
    code("status"),
    Column("target", Numeric),
)
figures = table(
    "figures",
    code("bureau", primary_key=True),
    code("subject", primary_key=True),
    code("month", primary_key=True),
    code("source", primary_key=True),
    revision(),
    Column("figures", JSONB, nullable=False),  # figure -> counts
)
veto_proposal = table(
    "veto_proposal",
    code("bureau", primary_key=True),
    code("proposal", primary_key=True),
    revision(),
    code("cycle"),
    code("status"),  # proposed, withdrawn
    code("veto", nullable=True),  # what it became here
)
