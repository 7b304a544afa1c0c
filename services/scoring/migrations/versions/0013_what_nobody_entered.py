"""Which circumstances of a grade nobody entered: told by the run (vetoes) or by attendance, until now known by how their basis begins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    column = sa.Column("by_itself", JSONB, nullable=False, server_default="[]")
    op.add_column("grade", column, schema="scoring")
    op.execute(
        """
        UPDATE scoring.grade SET by_itself = (
            SELECT coalesce(jsonb_agg(told.key ORDER BY told.key), '[]'::jsonb)
            FROM jsonb_each_text(circumstances) AS told
            WHERE told.key = 'veto' OR (told.key = 'absent_half' AND starts_with(told.value, '考勤记录：'))
        )
        """
    )
