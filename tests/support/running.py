"""One process of the deployment: started, watched, killed, stopped."""

import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from tests.support.composition import Process
from tests.support.places import Place

READY_SECONDS = 120


class Running:
    """One local process of the deployment; ``start`` again after ``kill`` plays the part of ``restart: unless-stopped``."""

    def __init__(
        self, process: Process, number: int, environment: dict[str, str], ready: str, log: Path, place: Place
    ) -> None:
        self.name = f"{process.name}-{number}"
        self.command = process.command
        self.definition = process.definition
        self.environment = environment
        self.ready_url = ready
        self.limit = _bytes(process.definition["deploy"]["resources"]["limits"]["memory"])
        self.log = log
        self._place = place
        self._popen: subprocess.Popen[bytes] | None = None
        self._asked = False

    @property
    def url(self) -> str:
        return self.ready_url.removesuffix("/readyz")

    @property
    def pid(self) -> int:
        assert self._popen, f"{self.name} was not started"
        return self._popen.pid

    def start(self) -> None:
        self._asked = False
        call = self._place.process(self.command, self.environment, self.definition, self.log.parent)
        with self.log.open("ab") as output:
            self._popen = subprocess.Popen(
                call.argv,
                env=call.environment,
                cwd=call.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def await_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not _answers(self.ready_url):
            self.check_alive()
            assert time.monotonic() < deadline, f"{self.name} is not ready:\n{self.tail()}"
            time.sleep(0.2)

    def check_alive(self) -> None:
        assert self._popen, f"{self.name} was not started"
        assert self._popen.poll() is None, f"{self.name} ended with {self._popen.returncode}:\n{self.tail()}"

    def pause(self) -> None:
        """As a process that hangs: it answers nobody and holds what it has."""
        assert self._popen
        self._popen.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self._popen
        self._popen.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """kill -9 of the whole container: the process and whatever it started."""
        assert self._popen
        subprocess.run(["/bin/kill", "-KILL", "--", f"-{self._popen.pid}"], check=True)
        self._popen.wait()

    def ask_to_stop(self) -> None:
        """What ``docker stop`` does first; once, since a second SIGTERM ends a process at once."""
        if self._popen and self._popen.poll() is None and not self._asked:
            self._popen.send_signal(signal.SIGTERM)
            self._asked = True

    def stop(self) -> int:
        """What ``docker stop`` does; gives the exit code."""
        assert self._popen
        self.ask_to_stop()
        try:
            return self._popen.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} did not end on SIGTERM:\n{self.tail()}") from None

    def resident(self) -> int:
        """Bytes in memory of the process and whatever it started."""
        assert self._popen
        return sum(one.memory_info().rss for one in family(self._popen.pid))

    def spent(self) -> float:
        """Seconds of processor time of the process and whatever it started."""
        assert self._popen
        return spent(self._popen.pid)

    def tail(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def family(pid: int) -> list[psutil.Process]:
    first = psutil.Process(pid)
    return [first, *first.children(recursive=True)]


def spent(pid: int) -> float:
    """Seconds of processor time of a process and of all its children, those that ended too; of what ends just now, none."""
    seconds = 0.0
    with suppress(psutil.NoSuchProcess):
        for one in family(pid):
            with suppress(psutil.NoSuchProcess):
                seconds += sum(one.cpu_times()[:4])
    return seconds


def _bytes(limit: str) -> int:
    """docker-compose's ``384m``."""
    return int(limit[:-1]) << {"k": 10, "m": 20, "g": 30}[limit[-1]]


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=10) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
