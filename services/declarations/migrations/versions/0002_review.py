"""The way of a declaration: timetable, consents, lateness, delegations, notices, what everyone did."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0002"
down_revision = "0001"

SCHEMA = "declarations"


def upgrade() -> None:
    _add_columns()
    _create_timetable()
    _create_lateness()
    _create_delegation()
    _create_notices()
    _create_deeds()


def _code(name: str, *, key: bool = False, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(100), primary_key=key, nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _add_columns() -> None:
    calendar = sa.Column("calendar", pg.JSONB, nullable=False, server_default="{}")
    op.add_column("cycle", calendar, schema=SCHEMA)
    for column in (
        sa.Column("verifier", sa.String(100), nullable=False, server_default="head"),
        _code("verified_for", nullable=True),
        _code("assessed_for", nullable=True),
        sa.Column("arrived_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("escalates_on", sa.Date),
        sa.Column("machine_now", pg.JSONB),
    ):
        op.add_column("declaration", column, schema=SCHEMA)


def _create_timetable() -> None:
    op.create_table(
        "timetable",
        _code("bureau", key=True),
        _code("cycle", key=True),
        _code("frequency", key=True),
        sa.Column("since", sa.Date, primary_key=True),
        *(sa.Column(name, sa.Integer) for name in ("declare", "verify", "assess", "correct", "remind", "escalate")),
        _code("set_by"),
        schema=SCHEMA,
    )
    op.create_table(
        "late_consent",
        _code("bureau"),
        _code("cycle"),
        _code("consent", key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        *(_code(name) for name in ("subject", "layer", "period", "indicator", "unit", "assessor", "status")),
        _text("reason"),
        _text("answer"),
        sa.Column("until", sa.Date),
        _code("asked_by"),
        sa.Column("asked_on", sa.Date, nullable=False),
        _code("decided_by", nullable=True),
        _code("decided_for", nullable=True),
        sa.Column("decided_on", sa.Date),
        sa.UniqueConstraint("bureau", "cycle", "subject", "period", "indicator", name="late_consent_item"),
        schema=SCHEMA,
    )
    columns = ["bureau", "cycle", "assessor", "status", "consent"]
    op.create_index("late_consent_assessor", "late_consent", columns, schema=SCHEMA)


def _create_lateness() -> None:
    op.create_table(
        "lateness",
        _code("bureau"),
        _code("cycle"),
        _code("declaration"),
        sa.Column("revision", sa.Integer, nullable=False),
        *(_code(name) for name in ("person", "unit", "step", "indicator", "subject", "period", "by")),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("cycle", "declaration", "revision", "person"),
        schema=SCHEMA,
    )
    op.create_index("lateness_person", "lateness", ["bureau", "cycle", "person"], schema=SCHEMA)
    op.create_index("lateness_unit", "lateness", ["bureau", "cycle", "unit"], schema=SCHEMA)


def _create_delegation() -> None:
    op.create_table(
        "delegation",
        _code("bureau"),
        _code("delegation", key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        *(_code(name) for name in ("principal", "delegate", "role")),
        _code("target", nullable=True),
        _code("unit"),
        sa.Column("starts", sa.Date, nullable=False),
        sa.Column("ends", sa.Date, nullable=False),
        _code("status"),
        _text("reason"),
        _code("made_by"),
        _code("ended_by", nullable=True),
        schema=SCHEMA,
    )
    op.create_index("delegation_delegate", "delegation", ["bureau", "delegate", "ends"], schema=SCHEMA)
    op.create_index("delegation_principal", "delegation", ["bureau", "principal", "ends"], schema=SCHEMA)


def _create_notices() -> None:
    op.create_table(
        "notice",
        _code("bureau"),
        _code("notice", key=True),
        *(_code(name) for name in ("cycle", "address", "kind", "about")),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("content", pg.JSONB, nullable=False),
        sa.UniqueConstraint("bureau", "cycle", "address", "kind", "about", name="notice_once"),
        schema=SCHEMA,
    )
    op.create_index("notice_address", "notice", ["bureau", "address", "notice"], schema=SCHEMA)
    op.create_table(
        "notice_read",
        _code("notice", key=True),
        _code("person", key=True),
        sa.Column("on", sa.Date, nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "reminded",
        _code("bureau", key=True),
        _code("cycle", key=True),
        sa.Column("on", sa.Date, primary_key=True),
        schema=SCHEMA,
    )


def _create_deeds() -> None:
    op.create_table(
        "deed",
        _code("bureau"),
        _code("cycle"),
        sa.Column("seq", sa.BigInteger, sa.Identity(), nullable=False),
        _code("person"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(_code(name) for name in ("kind", "item", "indicator", "subject")),
        _code("period", nullable=True),
        _code("before", nullable=True),
        _code("after"),
        sa.PrimaryKeyConstraint("cycle", "seq"),
        schema=SCHEMA,
        postgresql_partition_by="LIST (cycle)",
    )
    op.create_index("deed_person", "deed", ["bureau", "cycle", "person", "seq"], schema=SCHEMA)
    known = op.get_bind().execute(sa.text("SELECT DISTINCT cycle FROM declarations.cycle ORDER BY cycle"))
    for cycle in known.scalars().all():
        op.execute(
            f"CREATE TABLE declarations.\"deed_{cycle}\" PARTITION OF declarations.deed FOR VALUES IN ('{cycle}')"
        )
