"""The outbox and the audit trail are written in the transaction that caused them, or not at all."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import text

from shared.actor import Actor
from shared.audit import verify
from shared.database import Sessions, open_sessions
from shared.events import AttendanceMonthChanged
from shared.jsontext import loads
from shared.recording import STATES_PER_MESSAGE, audit, record, republish

ACTOR = Actor(account="hr", name="人事", bureau="B", address="10.0.0.1", request_id="r-1")


@pytest.fixture
def sessions(database: Callable[..., str]) -> Sessions:
    return open_sessions(database("attendance"), "attendance")


def month(person: str, revision: int = 1, late: int = 0) -> AttendanceMonthChanged:
    figures = {"late_early": {"late": Decimal(late), "early": Decimal(0)}}
    return AttendanceMonthChanged(
        bureau="B", subject=person, layer="person", month="2026-01", revision=revision, figures=figures, by="hr"
    )


def rows(sessions: Sessions, table: str) -> list[dict[str, object]]:
    with sessions.engine.connect() as connection:
        return [
            dict(row) for row in connection.execute(text(f"SELECT * FROM attendance.{table} ORDER BY 1")).mappings()
        ]


def test_states_of_one_type_leave_in_one_message(sessions: Sessions) -> None:
    with sessions.begin(ACTOR) as session:
        for number in range(STATES_PER_MESSAGE + 1):
            record(session, month(f"P{number}"))
    bodies = [loads(str(row["body"])) for row in rows(sessions, "outbox")]
    assert [len(body) for body in bodies] == [STATES_PER_MESSAGE, 1]


def test_a_failed_transaction_leaves_nothing(sessions: Sessions) -> None:
    def fail() -> None:
        with sessions.begin(ACTOR) as session:
            record(session, month("P1"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert rows(sessions, "outbox") == []
    assert rows(sessions, "audit") == []


def test_the_audit_line_says_who_from_where_and_what_changed(sessions: Sessions) -> None:
    with sessions.begin(ACTOR) as session:
        record(session, month("P1", 2, late=3), month("P1", 1, late=1))
    (line,) = rows(sessions, "audit")
    assert (line["account"], line["address"], line["request_id"]) == ("hr", "10.0.0.1", "r-1")
    assert line["subject"] == "B/P1/2026-01"
    assert loads(str(line["before"])) == {"revision": 1, "figures": {"late_early": {"late": "1", "early": "0"}}}
    assert loads(str(line["after"])) == {"revision": 2, "figures": {"late_early": {"late": "3", "early": "0"}}}


def test_a_repeated_state_is_sent_but_not_audited(sessions: Sessions) -> None:
    with sessions.begin(ACTOR) as session:
        republish(session, [month("P1")])
    assert len(rows(sessions, "outbox")) == 1
    assert rows(sessions, "audit") == []


def test_the_chain_of_the_audit_trail_is_whole_until_someone_edits_it(sessions: Sessions) -> None:
    for number in range(3):
        with sessions.begin(ACTOR) as session:
            audit(session, action="device.approved", subject=f"C{number}", before={}, after={"approved": True})
            record(session, month(f"P{number}"))
    assert verify(sessions.engine, "attendance").whole
    assert verify(sessions.engine, "attendance").lines == 6
    with sessions.engine.begin() as connection:
        connection.execute(text("UPDATE attendance.audit SET name = '别人' WHERE seq = 4"))
    assert verify(sessions.engine, "attendance").broken_at == 4


def test_a_line_taken_out_of_the_audit_trail_is_noticed(sessions: Sessions) -> None:
    for number in range(3):
        with sessions.begin(ACTOR) as session:
            record(session, month(f"P{number}"))
    with sessions.engine.begin() as connection:
        connection.execute(text("DELETE FROM attendance.audit WHERE seq = 2"))
    assert verify(sessions.engine, "attendance").broken_at == 3
