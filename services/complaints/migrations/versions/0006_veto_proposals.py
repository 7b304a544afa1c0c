"""Vetoes that grave findings against members of staff propose."""

from alembic import op

revision = "0006"
down_revision = "0005"

_PROPOSALS = """
CREATE TABLE IF NOT EXISTS complaints.veto_proposals (
    bureau varchar(20) NOT NULL, proposal varchar(36) NOT NULL, revision integer NOT NULL, cycle varchar(20) NOT NULL,
    code varchar(36) NOT NULL, number varchar(50) NOT NULL, subject varchar(20) NOT NULL, indicator varchar(20) NOT NULL,
    reason text NOT NULL, fact_on date NOT NULL, status varchar(20) NOT NULL, by text NOT NULL, PRIMARY KEY (bureau, proposal)
)
"""


def upgrade() -> None:
    op.execute(_PROPOSALS)
