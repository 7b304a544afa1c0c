"""Spot checks, inspections, appeals, corrections; what a veto rests on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0005"
down_revision = "0004"

SCHEMA = "declarations"


def upgrade() -> None:
    _spot_checks()
    _inspections()
    _appeals()
    _what_is_kept_beside()
    _vetoes()


def _spot_checks() -> None:
    _table(
        "spot_check",
        _code("bureau"),
        _code("cycle"),
        _code("spot_check", key=True),
        _whole("revision"),
        *(_code(name) for name in ("kind", "status")),
        *(_text(name) for name in ("title", "reason")),
        _code("period", null=True),
        *(_json(name) for name in ("scope", "method")),
        _code("veto_indicator"),
        *(_whole(name) for name in ("population", "sample")),
        *(_json(name) for name in ("strata", "pool")),
        _code("commitment"),
        _text("value_name"),
        sa.Column("value_due", sa.Date),
        sa.Column("value", sa.Text),
        _code("announced_by"),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        _code("drawn_by", null=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True)),
        _code("closed_by", null=True),
        sa.Column("closed_on", sa.Date),
        _json("figures"),
    )
    _index("spot_check_status", "spot_check", "bureau", "cycle", "status", "spot_check")
    _table("frozen_list", _code("spot_check", key=True), sa.Column("text", sa.Text, nullable=False))


def _inspections() -> None:
    _table(
        "inspection",
        *(_code(name) for name in ("bureau", "cycle")),
        _code("inspection", key=True),
        _whole("revision"),
        *(_code(name) for name in ("spot_check", "kind", "item", "subject", "layer", "unit", "indicator", "period")),
        _whole("place"),
        *(_code(name) for name in ("stratum", "probability")),
        _json("excluded"),
        _code("inspector", null=True),
        _json("recused"),
        _code("status"),
        _code("verdict", null=True),
        _text("text"),
        _json("evidence"),
        *(_json(name, null=True) for name in ("counts_before", "counts_after")),
        *(sa.Column(name, sa.Numeric(8, 2)) for name in ("points_before", "points_after")),
        _code("found_by", null=True),
        sa.Column("found_on", sa.Date),
        _code("veto", null=True),
        sa.UniqueConstraint("spot_check", "kind", "item", name="inspection_item"),
    )
    _index("inspection_inspector", "inspection", "bureau", "cycle", "inspector", "status", "inspection")
    _index("inspection_unit", "inspection", "bureau", "cycle", "unit", "subject", "verdict")
    _index("inspection_of", "inspection", "kind", "item")


def _appeals() -> None:
    _table(
        "appeal",
        *(_code(name) for name in ("bureau", "cycle")),
        _code("appeal", key=True),
        _whole("revision"),
        *(_code(name) for name in ("kind", "object")),
        _whole("object_revision"),
        *(_code(name) for name in ("subject", "layer", "unit")),
        _code("indicator", null=True),
        _code("status"),
        _text("text"),
        *(_json(name) for name in ("evidence", "involved")),
        _code("filed_by"),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("filed_on", "due_on")),
        _text("decision"),
        _json("corrections"),
        _code("decided_by", null=True),
        sa.Column("decided_on", sa.Date),
    )
    _index("appeal_status", "appeal", "bureau", "cycle", "status", "appeal")
    _index("appeal_unit", "appeal", "bureau", "cycle", "unit", "subject")
    _index("appeal_of", "appeal", "bureau", "kind", "object")
    op.create_index(
        "appeal_open",
        "appeal",
        ["bureau", "kind", "object", "subject"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("status = 'filed'"),
    )
    days = (_whole("file_days"), _whole("decide_days"))
    _table("appeal_terms", _code("bureau", key=True), _code("cycle", key=True), _whole("revision"), *days)


def _what_is_kept_beside() -> None:
    _table(
        "correction",
        *(_code(name) for name in ("bureau", "cycle")),
        *(_code(name, key=True) for name in ("kind", "item")),
        sa.Column("revision", sa.Integer, primary_key=True),
        *(_code(name) for name in ("cause", "reference", "by")),
        _text("reason"),
        sa.Column("on", sa.Date, nullable=False),
        *(_json(name) for name in ("counts_before", "counts_after")),
        *(sa.Column(name, sa.Numeric(8, 2), nullable=False) for name in ("points_before", "points_after")),
    )
    on = sa.Column("on", sa.Date, nullable=False)
    _table("decided", *(_code(name, key=True) for name in ("bureau", "kind", "item")), on, _code("by"))
    _table(
        "published_run",
        *(_code(name, key=True) for name in ("bureau", "run")),
        _whole("revision"),
        *(_code(name) for name in ("cycle", "status", "by")),
        sa.Column("on", sa.Date, nullable=False),
    )


def _vetoes() -> None:
    """Vetoes from before came from a section, as far as anybody knows now."""
    kept: dict = {"schema": SCHEMA}
    op.add_column("veto", sa.Column("source", sa.String(100), nullable=False, server_default="section"), **kept)
    op.add_column("veto", _code("source_ref", null=True), **kept)
    op.add_column("veto", sa.Column("evidence", pg.JSONB, nullable=False, server_default="[]"), **kept)
    op.add_column("veto", sa.Column("fact_on", sa.Date), **kept)
    op.add_column("veto", sa.Column("decided_on", sa.Date), **kept)


def _table(name: str, *columns: sa.Column | sa.UniqueConstraint) -> None:
    op.create_table(name, *columns, schema=SCHEMA)


def _index(name: str, table: str, *columns: str) -> None:
    op.create_index(name, table, list(columns), schema=SCHEMA)


def _code(name: str, *, key: bool = False, null: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(100), primary_key=key, nullable=null)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _json(name: str, *, null: bool = False) -> sa.Column:
    return sa.Column(name, pg.JSONB, nullable=null)


def _whole(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer, nullable=False)
