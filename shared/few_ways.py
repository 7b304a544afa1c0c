"""Transactions with fewer ways to the database: BEGIN travels with the first statement, and COMMIT may travel with the last.

psycopg2 begins a transaction by a message of its own and ends it by another: two of the five to ten ways of an everyday command. Here
its connection does not manage transactions; PostgreSQL's own word on whether one is open (which psycopg2 knows without asking) says
what is still to be done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg2 import Error
from psycopg2.extensions import TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_INERROR, TRANSACTION_STATUS_INTRANS
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.event import contains, listen

FEW = "kaohe_few_ways"
COMMIT = "; COMMIT"  # what the last statement of a transaction may end with
_OPEN = (TRANSACTION_STATUS_INTRANS, TRANSACTION_STATUS_INERROR)


@contextmanager
def few_ways(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose transactions begin with their first statement; ``engine`` allows it (``allow_few_ways``)."""
    with engine.connect().execution_options(**{FEW: True}) as connection:
        own: Any = connection.connection.dbapi_connection
        own.autocommit = True
        try:
            yield connection
        finally:
            _give_back(connection, own)


def allow_few_ways(engine: Engine) -> None:
    """Let ``few_ways`` be asked of ``engine``; once is enough."""
    if contains(engine, "commit", _commit):
        return
    listen(engine, "before_cursor_execute", _begin_with, retval=True)
    listen(engine, "commit", _commit)
    listen(engine, "rollback", _roll_back)


def _begin_with(
    connection: Connection,
    cursor: Any,
    statement: str,
    parameters: Any,
    _context: Any,
    executemany: bool,  # noqa: FBT001
) -> tuple[str, Any]:
    if FEW not in connection.get_execution_options():
        return statement, parameters
    own = cursor.connection
    if cursor.name:  # a cursor of the server: psycopg2 wants a transaction of its own making, unless it outlives that
        cursor.withhold = True
    if own.get_transaction_status() != TRANSACTION_STATUS_IDLE:
        return statement, parameters
    if not (executemany or cursor.name):
        return f"BEGIN; {statement}", parameters
    with own.cursor() as beginning:
        beginning.execute("BEGIN")
    return statement, parameters


def _commit(connection: Connection) -> None:
    if FEW in connection.get_execution_options() and _status(connection) != TRANSACTION_STATUS_IDLE:
        connection.exec_driver_sql("COMMIT")


def _roll_back(connection: Connection) -> None:
    if FEW in connection.get_execution_options() and not connection.invalidated:
        _end(connection.connection.dbapi_connection)


def _status(connection: Connection) -> int:
    own: Any = connection.connection.dbapi_connection
    return int(own.get_transaction_status())


def _end(own: Any) -> None:
    """Roll back what is open; a connection that went has nothing open."""
    if not own.closed and own.get_transaction_status() in _OPEN:
        try:
            with own.cursor() as ending:
                ending.execute("ROLLBACK")
        except Error:
            own.close()


def _give_back(connection: Connection, own: Any) -> None:
    """Nobody may get a connection in a state that is not known."""
    if connection.closed or connection.invalidated or own.closed:
        return
    _end(own)
    if own.closed or own.get_transaction_status() != TRANSACTION_STATUS_IDLE:
        connection.invalidate()
    else:
        own.autocommit = False
