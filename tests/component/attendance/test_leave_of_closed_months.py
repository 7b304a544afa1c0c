"""Months closed before sick and personal leave was told: the upgrade reads it from their judged days, and puts on record that it did."""

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
        changes = connection.execute(
            text("SELECT subject, revision, cause, before, after FROM attendance.month_changes")
        ).all()
    assert told == {"P1": (5, {"days": "1.5"}), "P2": (4, None), "D10": (4, None)}
    late = {"late_early": {"late": "1"}}
    assert [tuple(one) for one in changes] == [("P1", 5, "upgrade", late, {**late, "leave": {"days": "1.5"}})]
    engine.dispose()


def test_what_changed_after_the_upgrade_stands_beside_what_the_upgrade_changed(database: Databases) -> None:
    """P1: closed, told of leave by 0006, then changed. P2: told of leave when it was closed, then changed."""
    url = database()
    migrate(url, "attendance", "0006")
    engine = open_sessions(url, "attendance").engine
    figures, leave = '{"late_early": {"late": "2"}, "leave": {"days": "1"}}', '{"leave": {"days": "1"}}'
    with engine.begin() as connection:
        for subject, revision in (("P1", 3), ("P2", 2)):
            connection.execute(
                text(
                    'INSERT INTO attendance.month_figures (bureau, month, subject, layer, unit, revision, figures, detail, "by")'
                    " VALUES ('B', '2026-01', :subject, 'person', 'D10', :revision, :figures, '{}', 'hr')"
                ),
                {"subject": subject, "revision": revision, "figures": figures},
            )
            connection.execute(
                text(
                    "INSERT INTO attendance.month_changes (bureau, month, subject, revision, at, by, cause, before, after)"
                    " VALUES ('B', '2026-01', :subject, :revision, now(), 'hr', 'punch', :before, :after)"
                ),
                {"subject": subject, "revision": revision, "before": leave, "after": figures},
            )
    migrate(url, "attendance")
    with engine.begin() as connection:
        told = connection.execute(
            text("SELECT subject, revision, before, after FROM attendance.month_changes WHERE cause = 'upgrade'")
        ).all()
    assert [tuple(one) for one in told] == [("P1", 2, {}, {"leave": {"days": "1"}})]
    engine.dispose()
