"""The deployment of docker-compose.yml as local processes, from the checkout or from the image: each service's own command and environment,
in which only the addresses of broker, database and ports are replaced by those of a private RabbitMQ and a private PostgreSQL."""

import os
import secrets
import signal
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import make_url

from ops.drawing import PASSWORDS
from ops.private.ports import free_ports
from ops.private.proxy import PrivateProxy
from ops.private.rabbitmq import PrivateRabbitMQ
from shared.embedded.postgres import EmbeddedPostgres
from tests.support.composition import ROOT, Process, processes, resolve
from tests.support.places import BIN, PATH, Call, Checkout, Place, chosen_place
from tests.support.running import Running

AUDIT_KEYS = f"7:{'a key of the tests '.replace(' ', '-') * 2}"
RPC_KEYS = f"3:{'a key of the requests '.replace(' ', '-') * 2}"
SECRET = "a secret of the tests, 32 characters or more"


class Deployment:
    """Broker, database and all processes of the composition, or ``only`` those named, below ``folder``."""

    def __init__(
        self, folder: Path, *, trusted_proxies: int = 0, only: Collection[str] = (), place: Place | None = None
    ) -> None:
        self.folder = folder
        self.place = place or Checkout()
        self._only = only
        self.trusted_proxies = str(trusted_proxies)
        self.broker = PrivateRabbitMQ(folder / "rabbitmq")
        self.postgres = EmbeddedPostgres(folder / "postgres")
        self.anchors = self.place.anchors(folder)
        self.running: list[Running] = []
        self.database_url = ""
        self._variables_of_place = self.place.prepare(folder)
        self._passwords = {name: secrets.token_hex(24) for name in PASSWORDS}
        self._processes: dict[str, Process] = {}

    @property
    def broker_url(self) -> str:
        return self.broker.url

    @property
    def url(self) -> str:
        return self.named("gateway-1").url

    def start(self, *, broker: bool = True) -> None:
        """Database, migration, broker, processes; all ready at the end. ``broker=False`` leaves the broker to the caller
        and waits for no process."""
        self.database_url = self.postgres.start()
        self._processes = processes(resolve(self._variables()))
        self._run_once(self._processes.pop("migrate"))
        if self._only:
            self._processes = {name: self._processes[name] for name in self._only}
        if broker:
            self.start_broker()
        for process in self._processes.values():
            self.running.extend(self._replicas(process))
        for one in self.running:
            one.start()
        if broker:
            self.await_ready()

    def kill_database(self) -> None:
        """kill -9 of the server; started again at the same address, it recovers by itself."""
        pid = self.postgres.pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
        self.postgres.stop()
        assert self.postgres.start() == self.database_url

    def start_broker(self) -> None:
        """With the composition's own accounts, as the operator's process of the composition prints them."""
        self.broker.start()
        operator = resolve(self._variables())["services"]["operator"]["environment"]
        passwords = {"KAOHE_BROKER_PASSWORDS": operator["KAOHE_BROKER_PASSWORDS"]}
        file = self.folder / "definitions.json"
        file.write_text(self.kaohe(*self._broker_accounts(), environment=passwords))
        self.broker.import_definitions(file)

    def await_ready(self) -> None:
        for one in self.running:
            one.await_ready()

    def proxied(self) -> PrivateProxy:
        """The composition's proxy before its gateways and its streams; the caller starts and stops it."""
        names = ("gateway-1", "clocks-1", "live-1")
        return PrivateProxy(self.folder / "proxy", *(self.named(name).url.removeprefix("http://") for name in names))

    def named(self, name: str) -> Running:
        return next(one for one in self.running if one.name == name)

    def stop(self) -> None:
        """Ends everything; fails if a process did not end in order."""
        try:
            for one in self.running:
                one.ask_to_stop()
            codes = {one.name: one.stop() for one in self.running}
            assert set(codes.values()) <= {0}, codes
        finally:
            self.broker.stop()
            self.postgres.stop()
            self.postgres.remove()

    def kaohe(
        self,
        *arguments: str,
        timeout: float = 900,
        truthful: bool = False,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """Runs `kaohe` as an operator would beside the deployment and gives what it printed. ``truthful``: a client of
        the API fails at the first answer that its document does not describe."""
        call = self._by_hand(arguments, {**self._operator_environment(), **environment}, truthful=truthful)
        completed = subprocess.run(
            call.argv,
            env=call.environment,
            cwd=call.cwd,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert completed.returncode == 0, f"kaohe {' '.join(arguments)}:\n{completed.stdout}\n{completed.stderr}"
        return completed.stdout

    def start_kaohe(self, *arguments: str, truthful: bool = False) -> subprocess.Popen[bytes]:
        """The same without waiting for its end."""
        call = self._by_hand(arguments, self._operator_environment(), truthful=truthful)
        with (self.folder / "kaohe.log").open("ab") as output:
            return subprocess.Popen(
                call.argv,
                env=call.environment,
                cwd=call.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _by_hand(self, arguments: Sequence[str], environment: Mapping[str, str], *, truthful: bool) -> Call:
        if truthful:
            client = [str(BIN / "python"), "-m", "tests.support.truthful_kaohe", *arguments]
            return Call(client, {"PATH": PATH, **environment}, ROOT)
        return self.place.by_hand(("kaohe", *arguments), environment, self.folder)

    def _operator_environment(self) -> dict[str, str]:
        addresses = {"KAOHE_DATABASE_URL": self.database_url, "KAOHE_BROKER_URL": self.broker_url}
        addresses |= {"KAOHE_AUDIT_KEYS": AUDIT_KEYS, "KAOHE_RPC_KEYS": RPC_KEYS, "KAOHE_ANCHORS": str(self.anchors)}
        gateways = [one.url.rpartition(":")[2] for one in self.running if one.name == "gateway-1"]
        port = {"KAOHE_PORT": gateways[0]} if gateways else {}
        return {**addresses, "KAOHE_VAR": str(self.folder / "var"), **port}

    def _variables(self) -> dict[str, str]:
        return {
            **self._passwords,
            "KAOHE_POSTGRES_PASSWORD": str(make_url(self.database_url).password),
            "KAOHE_RABBITMQ_PASSWORD": str(make_url(self.broker_url).password),
            "KAOHE_RPC_KEYS": RPC_KEYS,
            "KAOHE_SECRET": SECRET,
            "KAOHE_AUDIT_KEYS": AUDIT_KEYS,
            **self._variables_of_place,
            "KAOHE_SECURE_COOKIES": "0",
            "KAOHE_TRUSTED_PROXIES": self.trusted_proxies,
        }

    def _broker_accounts(self) -> tuple[str, ...]:
        return "broker", "accounts"

    def _run_once(self, process: Process) -> None:
        one = self._running(process, 1)
        one.start()
        assert one._popen
        assert one._popen.wait(timeout=120) == 0, one.tail()

    def _replicas(self, process: Process) -> Iterator[Running]:
        for number in range(1, process.replicas + 1):
            yield self._running(process, number)

    def _running(self, process: Process, number: int) -> Running:
        (port,) = free_ports(1)
        environment = {name: self._local(value) for name, value in process.environment.items()}
        serves = "KAOHE_PORT" if "KAOHE_PORT" in environment else "KAOHE_METRICS_PORT"
        environment[serves] = str(port)
        if serves == "KAOHE_PORT":
            environment["KAOHE_HOST"] = "127.0.0.1"
        log = self.folder / f"{process.name}-{number}.log"
        return Running(process, number, environment, f"http://127.0.0.1:{port}/readyz", log, self.place)

    def _local(self, value: str) -> str:
        database, broker = make_url(self.database_url), make_url(self.broker_url)
        value = value.replace("@postgres:5432", f"@{database.host}:{database.port}")
        return value.replace("@rabbitmq:5672", f"@{broker.host}:{broker.port}")


@contextmanager
def deployed(folder: Path, *, trusted_proxies: int = 0) -> Iterator[Deployment]:
    """From the image that KAOHE_TEST_IMAGE names, else from the checkout."""
    with chosen_place() as place:
        deployment = Deployment(folder, trusted_proxies=trusted_proxies, place=place)
        try:
            deployment.start()
            yield deployment
        finally:
            deployment.stop()
