"""A PostgreSQL that is silent, stopped or slow: green threads get an error within the limit, as every service is one."""

import os
import signal
import socket
import subprocess
import sys

import pytest
from sqlalchemy import make_url

PREPARED = """
import sys, eventlet
eventlet.monkey_patch()
from sqlalchemy import create_engine, text
from shared import patience
from shared.problems import as_problem
patience._GRACE = 0.5
engine = create_engine(sys.argv[1], connect_args=patience.connect_arguments(longest=4, connecting=5))
beside = []
eventlet.spawn(lambda: [beside.append(eventlet.sleep(0.1)) for _ in range(1000)])
"""
TOLD = """
except Exception as error:
    print(type(error).__name__, getattr(as_problem(error), "code", None), "others ran" if beside else "nobody else ran")
"""


def told(story: str, url: str) -> str:
    """Run ``story`` in a process of green threads; a hang is a failure."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"{PREPARED}\ntry:\n{story}{TOLD}", url],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return ran.stdout.strip()


def test_an_address_that_takes_connections_and_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = f"postgresql+psycopg2://kaohe@127.0.0.1:{port}/kaohe"
        assert told("    engine.connect()", url) == "OperationalError database.unavailable others ran"


def test_of_two_servers_the_silent_one_is_passed_over_and_not_asked_again(cluster: str) -> None:
    """As after a fail-over: the first of the address says nothing, the other one leads."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        at = make_url(cluster)
        named = [f"127.0.0.1:{port}" for port in (silent.getsockname()[1], at.port)]
        query = {"host": named, "target_session_attrs": "read-write"}
        url = at._replace(host=None, port=None).set(query=query).render_as_string(hide_password=False)
        story = """
    from shared.database import engine_for
    engine = engine_for(sys.argv[1])
    with engine.connect() as one, engine.connect() as other:
        print(*(each.execute(text("SELECT 1")).scalar_one() for each in (one, other)))
"""
        assert told(story, url) == "1 1"
        silent.settimeout(0)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_a_server_that_is_stopped_in_the_middle(cluster: str) -> None:
    story = """
    with engine.connect() as connection:
        print(connection.execute(text("SELECT pg_backend_pid()")).scalar_one(), flush=True)
        sys.stdin.readline()
        connection.execute(text("SELECT 1"))
"""
    command = [sys.executable, "-W", "ignore", "-c", f"{PREPARED}\ntry:\n{story}{TOLD}", cluster]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        backend = int(process.stdout.readline())
        os.kill(backend, signal.SIGSTOP)
        try:
            output, _ = process.communicate("\n", timeout=120)
        finally:
            os.kill(backend, signal.SIGCONT)
    assert output.split()[:2] == ["OperationalError", "database.unavailable"]


def test_a_statement_without_end_is_ended_by_the_server(cluster: str) -> None:
    story = "    engine.connect().execute(text('SELECT pg_sleep(100)'))"
    assert told(story, cluster) == "OperationalError database.unavailable others ran"


def test_a_migration_takes_as_long_as_it_needs(cluster: str) -> None:
    story = """
    from shared.database import engine_for
    for longest in (0, 300):
        with engine_for(sys.argv[1], longest=longest).connect() as connection:
            print(connection.execute(text("SHOW statement_timeout")).scalar_one())
"""
    assert told(story, cluster).split() == ["0", "5min"]
