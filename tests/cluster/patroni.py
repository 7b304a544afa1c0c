"""Two PostgreSQL servers in the hands of Debian's Patroni, as ops/postgres/patroni.yml has them, with one etcd: it notices, promotes and takes back."""

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import yaml
from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool

from ops.private.ports import free_ports
from shared.embedded.unprivileged import Runner, binaries, runner
from tests.cluster.pair import through
from tests.support.composition import ROOT
from tests.support.waiting import until

SHIPPED = ROOT / "ops" / "postgres" / "patroni.yml"
PACKAGES = ("patroni", "python3-etcd", "etcd-server")
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
PATIENCE = 180.0  # seconds
PASSWORD = "of the superuser of a test"


class Etcd:
    """The one node that knows who leads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client, self._peer = (f"127.0.0.1:{port}" for port in free_ports(2))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return self._client

    def start(self) -> None:
        self._folder.mkdir()
        client, peer = f"http://{self._client}", f"http://{self._peer}"
        at = [f"--listen-client-urls={client}", f"--advertise-client-urls={client}", f"--listen-peer-urls={peer}"]
        whole = [f"--initial-advertise-peer-urls={peer}", f"--initial-cluster=default={peer}"]
        command = ["etcd", f"--data-dir={self._folder}/data", *at, *whole]
        self._process = _child(command, self._folder / "etcd.log", {})

    def stop(self) -> None:
        _end(self._process)


class Member:
    """One of the servers with its Patroni, below ``folder``."""

    def __init__(self, folder: Path, etcd: Etcd, runs: Runner) -> None:
        self.folder, self.name = folder, folder.name
        self._etcd, self._runs = etcd, runs
        self._port, self._told = free_ports(2)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For whoever speaks to this server whatever it is."""
        return URL.create(
            "postgresql+psycopg2", "kaohe", PASSWORD, "127.0.0.1", self._port, "postgres"
        ).render_as_string(hide_password=False)

    def start(self) -> None:
        """Start its Patroni, which makes, copies, rewinds or starts the server as it finds it."""
        if not self.folder.exists():
            self.folder.mkdir()
            self._runs.give(self.folder)
        (self.folder / "patroni.yml").write_text(yaml.safe_dump(self._configuration()))
        self._process = _child(
            ["patroni", str(self.folder / "patroni.yml")], self.folder / "patroni.log", self._runs._identity()
        )

    def signal(self, number: signal.Signals) -> None:
        """Tell Patroni, the server and all its processes, as nothing less is the end of a machine."""
        assert self._process
        if self._process.poll() is None:
            self._process.send_signal(number)
        for one in self._server():
            with suppress(psutil.NoSuchProcess):
                one.send_signal(number)
        if number == signal.SIGKILL:
            self._process.wait()

    def role(self) -> str:
        """Return what Patroni says that it is: primary, sync_standby, replica …; nothing where it says nothing."""
        with suppress(OSError, ValueError), urlopen(f"http://127.0.0.1:{self._told}/patroni", timeout=2) as answer:
            told = json.load(answer)
            return "sync_standby" if told.get("sync_standby") else str(told.get("role", ""))
        return ""

    def stop(self) -> None:
        if self._process is None:
            return
        self.signal(signal.SIGCONT)
        _end(self._process)
        for one in self._server():
            with suppress(psutil.NoSuchProcess):
                one.kill()

    def log(self) -> str:
        return (self.folder / "patroni.log").read_text(errors="replace")[-3000:]

    def _server(self) -> Iterator[psutil.Process]:
        with suppress(OSError, psutil.NoSuchProcess, ValueError, IndexError):
            server = psutil.Process(int((self.folder / "data" / "postmaster.pid").read_text().split()[0]))
            children = server.children()
            yield server
            yield from children

    def _configuration(self) -> dict[str, Any]:
        """What is shipped, with the addresses, folders and passwords of this machine."""
        told: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
        told["name"] = self.name
        told["restapi"] = dict.fromkeys(told["restapi"], f"127.0.0.1:{self._told}")
        told["etcd3"]["hosts"] = self._etcd.address
        server = told["postgresql"]
        server |= dict.fromkeys(("listen", "connect_address"), f"127.0.0.1:{self._port}")
        server |= {"data_dir": f"{self.folder}/data", "bin_dir": str(binaries(self._runs))}
        server["pgpass"] = f"{self.folder}/pgpass"
        server["parameters"] = {"unix_socket_directories": ""}
        for one in server["authentication"].values():
            one["password"] = PASSWORD
        told["watchdog"] = {"mode": "off"}  # it would end this machine
        return told


class Patronis:
    """What ``Pair`` is, in Patroni's hands: nothing is decided here."""

    def __init__(self, folder: Path) -> None:
        self._runs = runner()
        self._etcd = Etcd(folder / "etcd")
        self._members = [Member(folder / name, self._etcd, self._runs) for name in ("one", "two")]
        self.leader, self.follower = self._members

    def start(self) -> None:
        self._etcd.start()
        self.leader.start()
        self._await(self.leader, "master", "primary")
        with create_engine(self.leader.url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("CREATE DATABASE kaohe"))
        self.take_back()

    @property
    def url(self) -> str:
        """Both servers, whichever of them takes what is written."""
        return through(self.leader.url, self._members, database="kaohe")

    def lose(self, how: signal.Signals) -> None:
        """Lose the leader; return when the other one leads, and what may be left of the old one is ended, as a watchdog does."""
        self.leader.signal(how)
        self._await(self.follower, "master", "primary")
        self.leader, self.follower = self.follower, self.leader
        self.follower.signal(signal.SIGKILL)

    def take_back(self) -> None:
        """Let the one that does not lead begin or come back; it has everything at the end."""
        self.follower.start()
        self._await(self.follower, "sync_standby")

    def stop(self) -> None:
        for one in self._members:
            one.stop()
        self._etcd.stop()

    def _await(self, member: Member, *roles: str) -> None:
        assert until(lambda: member.role() in roles, PATIENCE), f"{member.name} is {member.role()!r}\n{member.log()}"


def _child(command: list[str], log: Path, identity: dict[str, Any]) -> "subprocess.Popen[bytes]":
    program = shutil.which(command[0], path=PATH)
    assert program, f"{command[0]} is missing: ops/private/debian.sh {' '.join(PACKAGES)}"
    with log.open("ab") as output:
        return subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "--", program, *command[1:]],
            env={"PATH": PATH, "LANG": "C.UTF-8", "HOME": str(log.parent)},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **identity,
        )


def _end(process: "subprocess.Popen[bytes] | None") -> None:
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
