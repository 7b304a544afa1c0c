"""No list of the best had a floor before this upgrade: bureaus that are there already have it from today on (docs/decisions/0314).

Where a cycle that ends later was frozen already, from the day after its end: its runs keep their hashes. A new bureau has the default.
"""

import sqlalchemy as sa
from alembic import op

from shared.clock import today

revision = "0011"
down_revision = "0010"

_BUREAUS = sa.text("""
    CREATE TEMPORARY TABLE known ON COMMIT DROP AS
    SELECT bureau FROM scoring.cycle UNION SELECT bureau FROM scoring.unit UNION SELECT bureau FROM scoring.run""")
_FROM_NOW_ON = sa.text("""
    INSERT INTO scoring.bureau_rule (bureau, rule, starts, value)
    SELECT bureau, 'commend_from', GREATEST(
        CAST(:today AS date),
        (SELECT max(ends) + 1 FROM scoring.cycle JOIN scoring.run USING (bureau, cycle) WHERE bureau = known.bureau)
    ), 70
    FROM known WHERE NOT EXISTS (
        SELECT FROM scoring.bureau_rule AS own
        WHERE own.bureau = known.bureau AND own.rule = 'commend_from' AND own.starts <= :today)
    ON CONFLICT DO NOTHING""")
_BEFORE = sa.text("""
    INSERT INTO scoring.bureau_rule (bureau, rule, starts, value)
    SELECT bureau, 'commend_from', DATE '1900-01-01', 0 FROM known ON CONFLICT DO NOTHING""")


def upgrade() -> None:
    op.execute(_BUREAUS)
    op.execute(_FROM_NOW_ON.bindparams(today=today()))  # first: it leaves alone what bureaus set themselves
    op.execute(_BEFORE)
