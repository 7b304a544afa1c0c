"""Publication and shared addresses of cases, and what belongs together: the other half, what was merged. Nothing is taken away."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("ALTER TABLE complaints.cases ADD COLUMN IF NOT EXISTS published_at timestamptz")
    op.execute("ALTER TABLE complaints.cases ADD COLUMN IF NOT EXISTS address_key varchar(32)")
    op.execute("ALTER TABLE complaints.cases ADD COLUMN IF NOT EXISTS reported_as varchar(36)")
    for column in ("linked_to", "reported_as", "merged_into", "address_key"):
        op.execute(
            f"CREATE INDEX IF NOT EXISTS ix_cases_{column} ON complaints.cases (bureau, {column}) WHERE {column} IS NOT NULL"
        )
    op.execute(
        "CREATE INDEX IF NOT EXISTS ix_cases_published ON complaints.cases (bureau, published_at, code)"
        " WHERE published_at IS NOT NULL"
    )
