"""What 0006 changed in closed months goes on record: of each revision that nothing tells of, and that began to tell of leave.

Of a month whose changes were not yet on record, only the newest revision is 0006's.
"""

from alembic import op

revision = "0007"
down_revision = "0006"

_RECORD = """
    INSERT INTO attendance.month_changes (bureau, month, subject, revision, at, by, cause, before, after)
    SELECT bureau, month, subject, number, now(), 'system', 'upgrade', after - 'leave', after
    FROM attendance.month_figures AS held
    CROSS JOIN LATERAL generate_series(2, held.revision) AS number
    CROSS JOIN LATERAL (
        SELECT coalesce(
            (SELECT later.before FROM attendance.month_changes AS later
             WHERE (later.bureau, later.month, later.subject) = (held.bureau, held.month, held.subject)
                 AND later.revision > number ORDER BY later.revision LIMIT 1),
            held.figures) AS after
    ) AS became
    WHERE layer = 'person' AND after ? 'leave'
        AND (number = held.revision OR EXISTS (
            SELECT 1 FROM attendance.month_changes AS next
            WHERE (next.bureau, next.month, next.subject, next.revision) = (held.bureau, held.month, held.subject, number + 1)))
        AND NOT EXISTS (
            SELECT 1 FROM attendance.month_changes AS told
            WHERE (told.bureau, told.month, told.subject) = (held.bureau, held.month, held.subject)
                AND (told.revision = number OR told.revision = number - 1 AND told.after ? 'leave'))
    ON CONFLICT DO NOTHING"""


def upgrade() -> None:
    op.execute(_RECORD)
