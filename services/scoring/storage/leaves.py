"""Days of sick and personal leave, as attendance told them month by month."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.scoring.storage.tables import leave_month
from shared.database import upsert_newer
from shared.events import AttendanceMonthChanged


def keep_leave(session: Session, states: Sequence[AttendanceMonthChanged]) -> None:
    rows = [
        {
            "bureau": one.bureau,
            "person": one.subject,
            "month": one.month,
            "revision": one.revision,
            "days": format(one.figures.get("leave", {}).get("days", Decimal(0)), "f"),
        }
        for one in states
        if one.layer == "person"
    ]
    upsert_newer(session, leave_month, rows, key=("bureau", "person", "month"))


def days_of_leave(session: Session, bureau: str, starts: date, ends: date) -> dict[str, Decimal]:
    """Return person -> days of the months from ``starts`` to ``ends``, of those who had any."""
    c = leave_month.c
    own = (c.bureau == bureau, c.month >= f"{starts:%Y-%m}", c.month <= f"{ends:%Y-%m}", c.days > 0)
    chosen = select(c.person, func.sum(c.days).label("days")).where(*own).group_by(c.person)
    return {row.person: row.days for row in session.execute(chosen)}
