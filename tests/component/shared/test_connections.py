"""Connections that the database dropped, and statements that are a transaction of their own."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from shared import database
from shared.database import engine_for, single_statements

ME = text("SELECT pg_backend_pid()")


@pytest.fixture
def engine(cluster: str) -> Iterator[Engine]:
    opened = engine_for(cluster, pool_size=1)
    yield opened
    opened.dispose()


def drop(cluster: str, pid: int) -> None:
    other = engine_for(cluster)
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    other.dispose()


def used(engine: Engine) -> int:
    with engine.begin() as connection:
        return int(connection.execute(ME).scalar_one())


def test_a_connection_that_rested_is_looked_at_before_it_is_given_out(
    engine: Engine, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "FRESH", 0.0)
    first = used(engine)
    drop(cluster, first)
    assert used(engine) != first


def test_a_connection_dropped_a_moment_after_its_use_fails_once_and_is_replaced(
    engine: Engine, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "FRESH", 60.0)
    first = used(engine)
    drop(cluster, first)
    with pytest.raises(OperationalError):
        used(engine)
    assert used(engine) != first


def test_single_statements_are_committed_at_once_and_leave_transactions_as_they_were(engine: Engine) -> None:
    with single_statements(engine) as connection:
        connection.execute(text("CREATE TEMPORARY TABLE single (n int)"))
        connection.execute(text("INSERT INTO single VALUES (1)"))
        assert connection.execute(text("SELECT pg_current_xact_id_if_assigned()")).scalar() is None
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO single VALUES (2)"))
        connection.rollback()
        assert list(connection.execute(text("SELECT n FROM single")).scalars()) == [1]


def test_after_an_error_no_other_gets_the_connection_of_single_statements(engine: Engine) -> None:
    before = used(engine)
    with pytest.raises(ProgrammingError), single_statements(engine) as connection:
        connection.execute(text("SELECT * FROM nothing_of_this_name"))
    assert used(engine) != before
