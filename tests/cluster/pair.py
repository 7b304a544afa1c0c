"""Two PostgreSQL servers of which one follows the other, and what decides in the operator's place (Patroni, repmgr): it asks, promotes, fences."""

import shutil
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import psutil
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from shared.embedded.postgres import EmbeddedPostgres
from shared.embedded.unprivileged import Runner
from tests.support.waiting import until

PATIENCE = 120.0  # seconds
ASKED_EVERY = 0.5  # seconds
SILENT = 3  # questions without an answer after which the leader counts as lost
FOLLOWER = "follower"
REPLICATED = {"wal_level": "replica", "max_wal_senders": "8", "fsync": "on", "synchronous_commit": "on"}


class Server(EmbeddedPostgres):
    """``leader``: whom it copies when it is made, and follows from then on; None for the first of the two."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self._settings |= REPLICATED
        self.leader: Server | None = None

    @property
    def url(self) -> str:
        url = self.running_url()
        assert url, self.directory
        return url

    def signal(self, number: signal.Signals) -> None:
        """Tell the server and all its processes, as nothing less is the end of a machine."""
        pid = self.pid()
        assert pid
        server = psutil.Process(pid)
        for one in (server, *server.children()):
            with suppress(psutil.NoSuchProcess):
                one.send_signal(number)

    def forget(self) -> None:
        """Delete its data, not its address."""
        assert self.pid() is None
        self.stop()
        shutil.rmtree(self._cluster_folder() / "cluster")

    def _create(self, runs: Runner, programs: Path, folder: Path) -> None:
        if self.leader is None:
            super()._create(runs, programs, folder)
            return
        self._password_file.write_text(self.leader._password_file.read_text())
        at = make_url(self.leader.url)
        making = folder / "cluster.making"
        making.mkdir(mode=0o700)
        runs.give(making)
        where = f"host={at.host} port={at.port} user={at.username} application_name={FOLLOWER}"
        options = ["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", f"--pgdata={making}"]
        runs.run([programs / "pg_basebackup", f"--dbname={where}", *options], {"PGPASSWORD": str(at.password)})
        making.rename(folder / "cluster")


class Pair:
    """``leader`` takes what is written; ``follower`` has it before anybody is told, once ``follow`` came to its end."""

    def __init__(self, leader: Server, folder: Path) -> None:
        self.leader, self.follower = leader, Server(folder)

    @property
    def url(self) -> str:
        """Both servers, whichever of them takes what is written."""
        return self.through(self.leader.url)

    def start(self) -> None:
        self.leader.start()
        self.follow()

    def lose(self, how: signal.Signals) -> None:
        """Lose the leader; return when the other one leads, and nothing is left of the old one."""
        self.leader.signal(how)
        self.await_loss()
        self.fail_over()

    def take_back(self) -> None:
        """Make of the one that was lost a follower of the other."""
        self.follower.forget()
        self.follow()

    def follow(self) -> None:
        """Make the follower anew from the leader; at the end a commit is acknowledged only when both have it."""
        self.follower.leader = self.leader
        self.follower.start()
        for server, names in ((self.follower, ""), (self.leader, FOLLOWER)):
            with _asking(server) as connection:
                connection.execute(text(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'"))
                connection.execute(text("SELECT pg_reload_conf()"))
        with _asking(self.leader) as connection:
            state = text("SELECT sync_state FROM pg_stat_replication")
            assert until(lambda: connection.execute(state).scalar() == "sync", PATIENCE)
            # A commit that both have: so has the follower everything that was committed before it waited for.
            connection.execute(text("SELECT pg_logical_emit_message(true, 'kaohe', 'together')"))

    def await_loss(self) -> None:
        """Return when the leader left some questions without an answer."""
        silent = 0
        while silent < SILENT:
            time.sleep(ASKED_EVERY)
            try:
                with _asking(self.leader) as connection:
                    connection.execute(text("SELECT 1"))
                silent = 0
            except (OperationalError, AssertionError):
                silent += 1

    def fail_over(self) -> None:
        """Promote the follower; then end what may be left of the old leader, which from here on is the follower without data."""
        with _asking(self.follower) as connection:
            assert connection.execute(text("SELECT pg_promote(true, 60)")).scalar_one()
        self.leader, self.follower = self.follower, self.leader
        if self.follower.pid() is not None:
            self.follower.signal(signal.SIGKILL)
        assert until(lambda: self.follower.pid() is None, PATIENCE)

    def through(self, url: str) -> str:
        """Return ``url`` with both servers in the place of its own."""
        return through(url, (self.leader, self.follower))

    def stop(self) -> None:
        for one in (self.leader, self.follower):
            if one.pid() is not None:
                one.signal(signal.SIGCONT)
            one.stop()
            one.remove()


class Served(Protocol):
    @property
    def url(self) -> str: ...


def through(url: str, servers: Iterable[Served], *, database: str | None = None) -> str:
    """Return ``url`` with all ``servers`` in the place of its own: whichever of them takes what is written."""
    ports = sorted(str(make_url(one.url).port) for one in servers)
    both = {"host": [f"127.0.0.1:{port}" for port in ports], "target_session_attrs": "read-write"}
    one = make_url(url)._replace(host=None, port=None)
    one = one.set(database=database) if database else one
    return one.set(query=both).render_as_string(hide_password=False)


@contextmanager
def _asking(server: Server) -> Iterator[Connection]:
    options = {"connect_timeout": 2}
    engine = create_engine(server.url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=options)
    with engine.connect() as connection:
        yield connection
