"""`kaohe up` as a newcomer has it: one process and its database, in a folder of their own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from ops.private.ports import free_ports
from shared.clock import midnight_of, now
from shared.embedded.postgres import EmbeddedPostgres
from tests.support.composition import ROOT
from tests.support.skewed import skewed

BIN = Path(sys.executable).parent
FIRST_START_SECONDS = 120  # with the demo bureau


class Newcomer:
    """Starts, stops and kills the embedded system whose state lies in ``folder``/var."""

    def __init__(self, folder: Path, day: date | None = None) -> None:
        """``day``: the one its clock is to show at the start; by default the right one."""
        self.folder = folder
        self.port = free_ports(1)[0]
        self.url = f"http://127.0.0.1:{self.port}"
        self.postgres = EmbeddedPostgres(folder / "var" / "postgres")
        self._process: subprocess.Popen[bytes] | None = None
        self._clock = _clock_of(folder, day) if day else {}

    @property
    def database_url(self) -> str:
        url = self.postgres.running_url()
        assert url
        return url

    def up(self, *options: str) -> float:
        """Starts the system, by default with a small demo bureau; gives the seconds until it was ready."""
        started = time.monotonic()
        self._process = self.start_kaohe("up", *(options or ("--staff", "30", "--year", "2026", "--bare")))
        while not self._ready():
            assert self._process.poll() is None, self.output()
            assert time.monotonic() < started + FIRST_START_SECONDS, self.output()
            time.sleep(0.1)
        return time.monotonic() - started

    def await_demo(self) -> None:
        deadline = time.monotonic() + FIRST_START_SECONDS
        while "open:" not in self.output():
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.2)

    def interrupt(self) -> int:
        """Ctrl-C; gives the exit code."""
        assert self._process
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout=60)

    def kill(self) -> None:
        assert self._process
        self._process.kill()
        self._process.wait()

    def kill_database(self) -> None:
        """Only the database: the system has to have it back by itself."""
        pid = self.postgres.pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while self.postgres.pid() in {pid, None} or not self._ready():
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.2)

    def kill_with_database(self) -> None:
        """As a power cut would, but for the disk's own memory."""
        pid = self.postgres.pid()
        assert pid
        self.kill()
        os.kill(pid, signal.SIGKILL)

    def processor_seconds(self) -> float:
        """What the process has computed so far: unlike a clock's seconds the same however busy the machine is."""
        assert self._process
        used = psutil.Process(self._process.pid).cpu_times()
        return float(used.user + used.system)

    def resident(self) -> int:
        assert self._process
        return int(psutil.Process(self._process.pid).memory_info().rss)

    def start_kaohe(self, *arguments: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{arguments[0]}.log").open("ab") as output:
            return subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", str(BIN / "kaohe"), *arguments],
                env={
                    "PATH": f"{BIN}:/usr/bin:/bin",
                    "KAOHE_VAR": str(self.folder / "var"),
                    "KAOHE_PORT": str(self.port),
                    **self._clock,
                },
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def kaohe(self, *arguments: str) -> str:
        process = self.start_kaohe(*arguments)
        assert process.wait(timeout=600) == 0, self.output(arguments[0])
        return self.output(arguments[0])

    def output(self, command: str = "up") -> str:
        return (self.folder / f"{command}.log").read_text(errors="replace")[-4000:]

    def _ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=10) as response:
                return bool(response.status == 200)
        except (URLError, OSError):
            return False


def _clock_of(folder: Path, day: date) -> dict[str, str]:
    """Return the environment of a process to whom it is noon of ``day`` now."""
    error = midnight_of(day) + timedelta(hours=12) - now()
    return skewed(folder / "clock", error.total_seconds())


@contextmanager
def newcomer(folder: Path, day: date | None = None) -> Iterator[Newcomer]:
    one = Newcomer(folder, day)
    try:
        yield one
    finally:
        if one._process and one._process.poll() is None:
            one.interrupt()
        if one.postgres.pid():  # left over by a kill
            one.postgres.start()
            one.postgres.stop()
        one.postgres.remove()
