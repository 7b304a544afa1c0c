"""Task orders with reports and deadlines on record, questions about them (问责), temporary work nobody had ordered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0004"
down_revision = "0003"

SCHEMA = "declarations"


def upgrade() -> None:
    _extend_orders()
    _create_inquiries()
    _create_temporary_work()


def _code(name: str, *, key: bool = False, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(100), primary_key=key, nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _extend_orders() -> None:
    for column in (
        sa.Column("points", sa.Numeric(8, 2)),
        sa.Column("issued_on", sa.Date),
        sa.Column("deadlines", pg.JSONB, nullable=False, server_default="[]"),
        sa.Column("percent", sa.Integer, nullable=False, server_default="0"),
        sa.Column("reported_on", sa.Date),
        sa.Column("origin", sa.String(20), nullable=False, server_default="ordered"),
    ):
        op.add_column("task_order", column, schema=SCHEMA)
    # The day of issue was not kept until now: today, or the deadline where that has passed.
    op.execute(
        "UPDATE declarations.task_order SET issued_on = least(deadline, CURRENT_DATE),"
        " percent = CASE WHEN completed_on IS NULL THEN 0 ELSE 100 END, reported_on = completed_on"
    )
    op.alter_column("task_order", "issued_on", nullable=False, schema=SCHEMA)
    op.create_index("task_order_deadline", "task_order", ["bureau", "cycle", "deadline", "order"], schema=SCHEMA)


def _create_inquiries() -> None:
    op.create_table(
        "inquiry",
        *(_code(name) for name in ("bureau", "cycle")),
        _code("inquiry", key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        *(_code(name) for name in ("order", "indicator", "subject", "layer", "period", "unit", "assessor", "status")),
        _text("question"),
        sa.Column("answer_by", sa.Date, nullable=False),
        _text("answer"),
        _code("consequence", nullable=True),
        sa.Column("deduction", pg.JSONB, nullable=False),
        _text("conclusion"),
        _code("asked_by"),
        sa.Column("asked_on", sa.Date, nullable=False),
        _code("answered_by", nullable=True),
        sa.Column("answered_on", sa.Date),
        _code("closed_by", nullable=True),
        sa.Column("closed_on", sa.Date),
        schema=SCHEMA,
    )
    op.create_index("inquiry_order", "inquiry", ["bureau", "cycle", "order"], schema=SCHEMA)
    op.create_index("inquiry_subject", "inquiry", ["bureau", "cycle", "subject", "status", "inquiry"], schema=SCHEMA)
    op.create_index("inquiry_status", "inquiry", ["bureau", "cycle", "status", "inquiry"], schema=SCHEMA)


def _create_temporary_work() -> None:
    op.create_table(
        "temporary_work",
        *(_code(name) for name in ("bureau", "cycle")),
        _code("work", key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        *(_code(name) for name in ("indicator", "subject", "layer", "period", "unit", "assessor", "status")),
        *(_text(name) for name in ("title", "outcome", "asked_by")),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.Column("evidence", pg.JSONB, nullable=False),
        sa.Column("counts", pg.JSONB, nullable=False),
        _text("reason"),
        _code("order", nullable=True),
        _code("reported_by"),
        _code("confirmed_by", nullable=True),
        _code("assessed_by", nullable=True),
        schema=SCHEMA,
    )
    for name, columns in (
        ("subject", ["bureau", "cycle", "subject", "period", "work"]),
        ("unit", ["bureau", "cycle", "unit", "status", "work"]),
        ("assessor", ["bureau", "cycle", "assessor", "status", "work"]),
    ):
        op.create_index(f"temporary_work_{name}", "temporary_work", columns, schema=SCHEMA)
