"""Settings of the bureau from a day on, notices, and what the supervision looks at. Nothing is taken away."""

from alembic import op

revision = "0005"
down_revision = "0003"

_SETTINGS = """
CREATE TABLE IF NOT EXISTS complaints.settings (
    bureau varchar(20) NOT NULL, starts date NOT NULL, revision integer NOT NULL, body jsonb NOT NULL,
    set_at timestamptz NOT NULL, set_by text NOT NULL, PRIMARY KEY (bureau, starts)
)
"""
_NOTICES = """
CREATE TABLE IF NOT EXISTS complaints.case_notices (
    bureau varchar(20) NOT NULL, notice varchar(36) NOT NULL, code varchar(36) NOT NULL, kind varchar(30) NOT NULL,
    about varchar(100) NOT NULL, address varchar(40) NOT NULL, channel varchar(20) NOT NULL, phone text NOT NULL,
    not_before timestamptz NOT NULL, sent_at timestamptz, content jsonb NOT NULL, PRIMARY KEY (bureau, notice),
    CONSTRAINT uq_case_notices_once UNIQUE (bureau, code, kind, about, address)
)
"""
_RECEIVED = "((EXTRACT(epoch FROM (received_at AT TIME ZONE 'UTC'::text)) * 1000000::numeric)::bigint)"


def upgrade() -> None:
    op.execute(_SETTINGS)
    op.execute(_NOTICES)
    op.execute(
        "CREATE INDEX IF NOT EXISTS ix_case_notices_waiting ON complaints.case_notices (bureau, not_before)"
        " WHERE sent_at IS NULL"
    )
    op.execute("ALTER TABLE complaints.case_events ADD COLUMN IF NOT EXISTS late_after integer NOT NULL DEFAULT 7")
    op.execute("ALTER TABLE complaints.cases ADD COLUMN IF NOT EXISTS next_look timestamptz")
    op.execute(
        "CREATE INDEX IF NOT EXISTS ix_cases_next_look ON complaints.cases (bureau, next_look)"
        " WHERE next_look IS NOT NULL"
    )
    op.execute(f"CREATE INDEX IF NOT EXISTS ix_cases_received ON complaints.cases (bureau, ({_RECEIVED}), code)")
    op.execute(
        "CREATE INDEX IF NOT EXISTS ix_cases_provisional ON complaints.cases (bureau)"
        """ WHERE deadlines @> '[{"provisional": true}]'::jsonb"""
    )
