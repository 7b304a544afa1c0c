"""An index of what is open by its nearest deadline: the list that a clerk begins with reads no concluded case."""

from alembic import op

revision = "0032"
down_revision = "0031"

_OPEN = "status IN ('registered', 'assigned', 'taken_up', 'accepted', 'entrusted', 'transferring')"


def upgrade() -> None:
    index = f"ix_cases_open ON complaints.cases (bureau, due_number, code) WHERE {_OPEN}"
    op.execute(f"CREATE INDEX IF NOT EXISTS {index}")
