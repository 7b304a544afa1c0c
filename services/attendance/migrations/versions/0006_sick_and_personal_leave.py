"""How many days of sick and personal leave a month held, for months closed before it was told: from their judged days."""

from alembic import op

revision = "0006"
down_revision = "0005"

_LEAVE = """
    UPDATE attendance.month_figures AS month
    SET figures = figures || jsonb_build_object('leave', jsonb_build_object('days', leave.days)), revision = revision + 1
    FROM (
        SELECT bureau, month, subject, trim_scale(count(*) * 0.5)::text AS days
        FROM attendance.month_figures,
            jsonb_path_query(detail, '$.days[*].halves[*] ? (@ == "sick" || @ == "personal")')
        WHERE layer = 'person' AND NOT figures ? 'leave'
        GROUP BY bureau, month, subject
    ) AS leave
    WHERE (month.bureau, month.month, month.subject) = (leave.bureau, leave.month, leave.subject)"""


def upgrade() -> None:
    op.execute(_LEAVE)
