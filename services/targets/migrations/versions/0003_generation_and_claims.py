"""Generation of targets, weights from judgement, and what claims can do beside being made."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0003"
down_revision = "0002"

SCHEMA = "targets"
QUANTITY = sa.Numeric(18, 6)
CYCLE = {"bureau": 40, "cycle": 10}
ITEM = {**CYCLE, "indicator": 10}


def upgrade() -> None:
    op.add_column("proposals", sa.Column("fair", QUANTITY), schema=SCHEMA)
    op.add_column("proposals", sa.Column("bound", sa.Text), schema=SCHEMA)
    _create_generation()
    _create_judgement()
    _create_claims()


def _create_generation() -> None:
    _table("generation_settings", CYCLE, _revision(), _json("settings"), _text("by"))
    results = {"bureau": 40, "indicator": 10, "subject": 40, "year": 4}
    _table("results", results, _quantity("quantity", null=False), _text("by"))
    limits = (_quantity("floor"), _quantity("ceiling"))
    _table("bounds", {**ITEM, "subject": 40}, _revision(), *limits, _text("reason"), _text("by"), _at())
    _table(
        "generations",
        CYCLE,
        sa.Column("generation", sa.Integer, primary_key=True),
        _text("status"),
        _json("settings"),
        _text("by"),
        _at(),
        _text("applied_by", null=True),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
    )
    _table(
        "forecasts",
        {**ITEM, "subject": 40},
        sa.Column("generation", sa.Integer, primary_key=True),
        _json("history"),
        _text("method"),
        *(_quantity(name) for name in ("forecast", "peer", "damped", "floor", "ceiling", "proposed")),
        _json("reasons"),
    )


def _create_judgement() -> None:
    asked = {**CYCLE, "questionnaire": 40}
    words = (_text(name) for name in ("part", "method", "random_index", "status", "by"))
    _table("questionnaires", asked, _revision(), *words, _at())
    _table("judgements", {**asked, "judge": 200}, _revision(), _json("comparisons"), _at())
    _table(
        "model_proposals",
        {**CYCLE, "proposal": 40},
        _revision(),
        _text("status"),
        sa.Column("model_revision", sa.Integer, nullable=False),
        *(_json(name) for name in ("weights", "composite", "basis")),
        _text("reason"),
        _text("by"),
        _at(),
    )


def _create_claims() -> None:
    _table("line_allocations", {**ITEM, "line": 40}, _revision(), _quantity("quantity", null=False), _text("by"))
    beyond = (_quantity("quantity", null=False), _text("reason"), _text("by"), _at())
    _table("excesses", {**ITEM, "unit": 40}, _revision(), *beyond)
    last_day = sa.Column("last_day", sa.Date, nullable=False)
    _table("claim_deadlines", {**CYCLE, "step": 20}, _revision(), last_day, _text("by"))
    _table(
        "movements",
        {**CYCLE, "movement": 40},
        _text("kind"),
        sa.Column("indicator", sa.String(10), nullable=False),
        _text("giver", null=True),
        _text("taker", null=True),
        _quantity("quantity"),
        _text("reason"),
        _text("by"),
        _at(),
    )
    op.create_index("movements_by_indicator", "movements", ["bureau", "cycle", "indicator"], schema=SCHEMA)


def _table(name: str, key: Mapping[str, int], *columns: sa.Column[Any]) -> None:
    keys: Any = (sa.Column(part, sa.String(length), primary_key=True) for part, length in key.items())
    op.create_table(name, *keys, *columns, schema=SCHEMA)


def _revision() -> sa.Column[Any]:
    return sa.Column("revision", sa.Integer, nullable=False)


def _quantity(name: str, *, null: bool = True) -> sa.Column[Any]:
    return sa.Column(name, QUANTITY, nullable=null)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=null)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, pg.JSON, nullable=False)


def _at() -> sa.Column[Any]:
    return sa.Column("at", sa.DateTime(timezone=True), nullable=False)
