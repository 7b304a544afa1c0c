"""Months closed before sick and personal leave was told: the upgrade reads it from their judged days."""

import json

from sqlalchemy import text

from shared.database import open_sessions
from shared.migrations import migrate
from tests.support.databases import Databases

BEFORE = "0005"


def test_the_upgrade_tells_the_leave_of_months_closed_before(database: Databases) -> None:
    url = database()
    migrate(url, "attendance", BEFORE)
    engine = open_sessions(url, "attendance").engine
    away = [("sick", "personal"), ("present", "sick"), ("absent", "injury")]
    days = {"days": [{"day": f"2026-01-{5 + n:02}", "halves": halves} for n, halves in enumerate(away)]}
    there = {"days": [{"day": "2026-01-05", "halves": ["present", "annual"]}]}
    rows = [("P1", "person", days), ("P2", "person", there), ("D10", "division", {"members": {}})]
    with engine.begin() as connection:
        for subject, layer, detail in rows:
            connection.execute(
                text(
                    'INSERT INTO attendance.month_figures (bureau, month, subject, layer, unit, revision, figures, detail, "by")'
                    " VALUES ('B', '2026-01', :subject, :layer, 'D10', 4, '{\"late_early\": {\"late\": \"1\"}}', :detail, 'hr')"
                ),
                {"subject": subject, "layer": layer, "detail": json.dumps(detail)},
            )
    migrate(url, "attendance")
    with engine.begin() as connection:
        found = connection.execute(text("SELECT subject, revision, figures -> 'leave' FROM attendance.month_figures"))
        told = {subject: (revision, leave) for subject, revision, leave in found}
    assert told == {"P1": (5, {"days": "1.5"}), "P2": (4, None), "D10": (4, None)}
    engine.dispose()
