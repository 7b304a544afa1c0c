"""A bureau's own line may have forty letters, as everywhere else."""

from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    for table in ("units", "persons", "leads"):
        op.execute(f"ALTER TABLE complaints.{table} ALTER COLUMN line TYPE varchar(40)")
