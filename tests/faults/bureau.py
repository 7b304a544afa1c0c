"""The deployment that faults are done to: its processes reach broker and database through a relay of ours, and their clocks can be wrong."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import psutil

from ops.private.ports import free_ports
from shared.settings import Settings, settings
from tests.faults.disk import Disk
from tests.simulation.bureau import Bureau, founded
from tests.support.composition import ROOT, Process
from tests.support.deployment import AUDIT_KEYS, SECRET, Deployment
from tests.support.running import Running
from tests.support.skewed import set_error, skewed

SERVERS = ("broker", "database")
VARIABLES = {"broker": "KAOHE_BROKER_URL", "database": "KAOHE_DATABASE_URL"}


class Tried(Deployment):
    """``names``: its processes; ``lines``: which of them is connected to what, as "targets-1/broker"."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(disk.folder)
        self.disk = disk
        self.lines: list[str] = []
        self.ended: list[str] = []  # what had to be started again although it had not been killed
        self.bureau: Bureau
        command = [sys.executable, "-m", "tests.faults.relay"]
        self._relay = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _run_once(self, process: Process) -> None:
        """The bureau is made when its tables are there and nobody works yet."""
        super()._run_once(process)
        use(self)
        self.bureau = founded(cast(Any, lambda *_: self.database_url))

    def _running(self, process: Process, number: int) -> Running:
        one = super()._running(process, number)
        if process.name == "migrate":
            return one
        for server, variable in VARIABLES.items():
            if variable in one.environment:
                one.environment[variable] = self._through(f"{one.name}/{server}", one.environment[variable])
        one.environment |= skewed(self._clock_of(one.name))
        return one

    def set_clock(self, name: str, error: float) -> None:
        """Let the clock of the process ``name`` be wrong by ``error`` seconds."""
        set_error(self._clock_of(name), error)

    def let(self, how: str, lines: list[str]) -> None:
        """Tell the relay: pass, cut, delay or hole."""
        for line in lines:
            self._order(f"{how} {line}")

    def revive(self) -> None:
        """Start what ended by itself, as `restart: unless-stopped` does."""
        for one in self.running:
            if one._popen and one._popen.poll() is not None:
                self.ended.append(one.name)
                one.start()
        if self.broker.pid is None:
            self.ended.append("broker")
            self.broker.start()
        if self.postgres.pid() is None:
            self.ended.append("database")
            self.postgres.revive()

    def stop(self) -> None:
        super().stop()
        self._relay.communicate()

    def signal_database(self, number: signal.Signals) -> None:
        pid = self.postgres.pid()
        assert pid
        server = psutil.Process(pid)
        for one in (server, *server.children()):
            with suppress(psutil.NoSuchProcess):
                one.send_signal(number)

    def _through(self, line: str, url: str) -> str:
        (port,) = free_ports(1)
        parts = urlsplit(url)
        assert parts.port
        self._order(f"open {line} {port} {parts.port}")
        self.lines.append(line)
        login, _, _ = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{login}@127.0.0.1:{port}"))

    def _order(self, order: str) -> None:
        assert self._relay.stdin
        assert self._relay.stdout
        self._relay.stdin.write(f"{order}\n")
        self._relay.stdin.flush()
        assert self._relay.stdout.readline() == "done\n", order

    def _clock_of(self, name: str) -> Path:
        return self.folder.parent / f"{name}.clock"


def signal_group(pid: int | None, number: signal.Signals) -> None:
    assert pid
    os.killpg(pid, number)


def use(deployment: Deployment) -> None:
    """Let this process read and write what the deployment's do."""
    settings.use(
        replace(
            Settings(),
            database_url=deployment.database_url,
            secret=SECRET,
            audit_keys=AUDIT_KEYS,
            var=str(deployment.folder / "var"),
        )
    )


@contextmanager
def tried(disk: Disk) -> Iterator[Tried]:
    deployment = Tried(disk)
    try:
        deployment.start()
        yield deployment
    finally:
        deployment.stop()
