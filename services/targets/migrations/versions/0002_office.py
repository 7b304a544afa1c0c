"""What the appraisal office works with: lines, the organisation's history, models by revision, proposed changes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0002"
down_revision = "0001"

SCHEMA = "targets"


def upgrade() -> None:
    _add_columns()
    _create_organisation()
    _create_models()
    _create_proposals()
    _keep_what_there_is()


def _add_columns() -> None:
    op.add_column("assignments", sa.Column("kind", sa.Text, nullable=False, server_default="post"), schema=SCHEMA)
    op.add_column("libraries", sa.Column("definitions", pg.JSON, nullable=False, server_default="{}"), schema=SCHEMA)
    op.add_column("libraries", sa.Column("effective", sa.Date), schema=SCHEMA)
    op.add_column("libraries", sa.Column("note", sa.Text, nullable=False, server_default=""), schema=SCHEMA)
    op.execute("ALTER TABLE targets.indicators ALTER COLUMN rule_params TYPE json USING rule_params::text::json")


def _create_organisation() -> None:
    op.create_table(
        "lines",
        sa.Column("bureau", sa.String(40), primary_key=True),
        sa.Column("line", sa.String(40), primary_key=True),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "organisation_history",
        sa.Column("bureau", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("starts", sa.Date, primary_key=True),
        sa.Column("state", pg.JSONB, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        schema=SCHEMA,
    )


def _create_models() -> None:
    op.create_table(
        "models",
        sa.Column("bureau", sa.String(40), primary_key=True),
        sa.Column("cycle", sa.String(10), primary_key=True),
        sa.Column("model_revision", sa.Integer, primary_key=True),
        sa.Column("effective", sa.Date, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("weights", pg.JSON, nullable=False),
        sa.Column("composite", pg.JSON, nullable=False),
        sa.Column("rounding", sa.Text, nullable=False),
        sa.Column("quota_percent", sa.Integer, nullable=False),
        sa.Column("tie_chain", pg.JSON, nullable=False),
        sa.Column("grade_values", pg.JSON, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        schema=SCHEMA,
    )


def _create_proposals() -> None:
    op.create_table(
        "indicator_proposals",
        sa.Column("bureau", sa.String(40), primary_key=True),
        sa.Column("proposal", sa.String(40), primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("cycle", sa.String(10), nullable=False),
        sa.Column("indicator", sa.String(10), nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("changes", pg.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("person", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False, server_default=""),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("library_revision", sa.Integer),
        schema=SCHEMA,
    )
    columns = ["bureau", "cycle", "indicator"]
    op.create_index("indicator_proposals_by_indicator", "indicator_proposals", columns, schema=SCHEMA)


def _keep_what_there_is() -> None:
    """Units and positions as they are now become the beginning of their history; models in force their revision."""
    for kind, table in (("unit", "units"), ("position", "positions")):
        op.execute(
            f"INSERT INTO targets.organisation_history (bureau, kind, code, starts, state, by)"  # noqa: S608
            f" SELECT bureau, '{kind}', {kind}, DATE '1949-10-01',"
            f" to_jsonb(t) - 'bureau' - 'revision' - 'by', 'system' FROM targets.{table} t"
        )
    op.execute(
        "INSERT INTO targets.models (bureau, cycle, model_revision, effective, status, weights, composite, rounding,"
        " quota_percent, tie_chain, grade_values, note, by, at)"
        " SELECT bureau, cycle, model_revision, starts, 'in_force', weights, composite, rounding, quota_percent,"
        ' tie_chain, \'{"优":"1.0","好":"0.85","一般":"0.7","可以":"0.6","差":"0.4"}\', \'\', by, now()'
        " FROM targets.cycles WHERE model_revision > 0"
    )
    op.execute(
        "UPDATE targets.libraries l SET effective = c.starts FROM targets.cycles c"
        " WHERE c.bureau = l.bureau AND c.cycle = l.cycle AND l.published_at IS NOT NULL"
    )
