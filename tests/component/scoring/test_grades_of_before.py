"""Grades that the release before stored."""

from sqlalchemy import text

from services.scoring.storage import gradings
from shared.database import open_sessions
from shared.jsontext import dumps
from shared.migrations import migrate
from tests.component.scoring.conftest import actor
from tests.component.scoring.states import BUREAU
from tests.support.databases import Databases


def test_grades_of_the_release_before_still_tell_what_nobody_entered(database: Databases) -> None:
    """That release knew it by how its basis begins."""
    url = database()
    migrate(url, "scoring", "0012")
    sessions = open_sessions(url, "scoring")
    told = {"veto": "1.2 瞒报", "absent_half": "考勤记录：病假、事假累计 130 个工作日，超过全年 248 个工作日的一半"}
    owned = {"P1": {**told, "warning": "市局纪〔2026〕3 号"}, "P2": {"absent_half": "组织部认定"}, "P3": {}}
    insert = text(
        "INSERT INTO scoring.grade (bureau, run, person, cycle, unit, proposed, grade, reason, circumstances)"
        " VALUES (:bureau, 'R', :person, '2026', 'U', '', '', '', CAST(:circumstances AS jsonb))"
    )
    with sessions.engine.begin() as connection:
        for person, circumstances in owned.items():
            row = {"bureau": BUREAU, "person": person, "circumstances": dumps(circumstances)}
            connection.execute(insert, row)
    migrate(url, "scoring")
    with sessions.begin(actor("office")) as session:
        found = {one.person: (one.told, one.entered) for one in gradings.grades_of(session, BUREAU, "R")}
    assert found == {"P1": (told, {"warning": "市局纪〔2026〕3 号"}), "P2": ({}, owned["P2"]), "P3": ({}, {})}
    sessions.engine.dispose()
