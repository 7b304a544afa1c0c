"""What the revision of each schema does that lets its audit trail have a chain for each bureau (docs/decisions/1801)."""

from alembic import op


def add_chains(schema: str) -> None:
    """Let lines say of which chain they are. Those of before, and of a release that knows of one chain only, are of the one without a name."""
    op.execute(f"ALTER TABLE {schema}.audit ADD COLUMN IF NOT EXISTS chain text NOT NULL DEFAULT ''")
    op.execute(
        f"ALTER TABLE {schema}.audit DROP CONSTRAINT audit_pkey, ADD CONSTRAINT audit_pkey PRIMARY KEY (chain, seq)"
    )
    op.execute(f"CREATE INDEX IF NOT EXISTS audit_at ON {schema}.audit (at, chain, seq)")
