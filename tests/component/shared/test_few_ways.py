"""A transaction takes no way to the database for its begin, nor for its end where something is recorded; and it is one all the same."""

from collections.abc import Callable

import pytest
from psycopg2.extensions import TRANSACTION_STATUS_IDLE
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from shared.actor import Actor
from shared.database import Sessions, open_sessions
from shared.recording import audit
from shared.repetition import remember_key

ACTOR = Actor(account="hr", name="人事", bureau="B")
KEPT = text("INSERT INTO attendance.carried_out (request, at) VALUES (:request, now())")


@pytest.fixture
def sessions(database: Callable[..., str]) -> Sessions:
    return open_sessions(database("attendance"), "attendance")


def kept(sessions: Sessions) -> list[str]:
    with sessions.engine.connect() as connection:
        return list(connection.execute(text("SELECT request FROM attendance.carried_out ORDER BY 1")).scalars())


def test_what_is_recorded_takes_two_ways_with_begin_key_and_commit(sessions: Sessions) -> None:
    sent: list[str] = []
    event.listen(sessions.engine, "before_cursor_execute", lambda _c, _cur, statement, *_: sent.append(statement))
    remember_key("k")
    with sessions.begin(ACTOR) as session:
        audit(session, action="device.approved", subject="C1", before={}, after={"approved": True})
    assert len(sent) == 2
    assert sent[-1].endswith("; COMMIT")
    assert kept(sessions) == ["hr:k"]


@pytest.mark.parametrize("last", ["SELECT 1 / 0", "ROLLBACK TO nowhere"])
def test_what_fails_leaves_nothing_and_the_connection_is_good(sessions: Sessions, last: str) -> None:
    def fail() -> None:
        with sessions.begin(ACTOR) as session:
            session.execute(KEPT, {"request": "lost"})
            session.execute(text(last))

    for _ in range(3):
        with pytest.raises(DBAPIError):
            fail()
    with sessions.begin(ACTOR) as session:
        session.execute(KEPT, {"request": "kept"})
        own = session.connection().connection.dbapi_connection
    assert kept(sessions) == ["kept"]
    assert own.get_transaction_status() == TRANSACTION_STATUS_IDLE
    assert not own.autocommit


def test_rows_that_come_by_and_by_and_many_statements_at_once_are_of_the_same_transaction(sessions: Sessions) -> None:
    def taken_back() -> None:
        with sessions.begin(ACTOR) as session:
            session.execute(KEPT, [{"request": "1"}, {"request": "2"}])
            rows = session.execute(text("SELECT request FROM attendance.carried_out").execution_options(yield_per=1))
            assert {row.request for row in rows} == {"1", "2"}
            raise LookupError

    with pytest.raises(LookupError):
        taken_back()
    assert kept(sessions) == []


def test_a_backend_that_dies_takes_its_transaction_and_nothing_else(sessions: Sessions) -> None:
    def killed() -> None:
        with sessions.begin(ACTOR) as session:
            session.execute(KEPT, {"request": "lost"})
            own = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with sessions.engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
            session.execute(KEPT, {"request": "never"})

    with pytest.raises(DBAPIError):
        killed()
    with sessions.begin(ACTOR) as session:
        session.execute(KEPT, {"request": "kept"})
    assert kept(sessions) == ["kept"]
