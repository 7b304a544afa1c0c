"""A private RabbitMQ node for tests and development: own ports, own folder, own epmd, nothing of the machine's node.

Debian's ``rabbitmq-server`` brings the programs; its packaged service is neither needed nor touched. Node and epmd are
children of ours and end with us, even if we are killed.
"""

import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pika
from pika.exceptions import AMQPError

from ops.private.ports import free_ports

PROGRAMS = Path("/usr/lib/rabbitmq/bin")
BOOT_SECONDS = 90  # 6 to 9 on an idle machine

_CONFIGURATION = """\
default_user = kaohe
default_pass = {password}
default_vhost = kaohe
loopback_users = none
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 50MB
heartbeat = 10
log.file.level = warning
"""


class BrokerProblem(RuntimeError):
    """The private node cannot run; the text says why."""


class PrivateRabbitMQ:
    """A node that keeps its ports and its data in ``folder`` from one start to the next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._ports = free_ports(3)
        self._password = secrets.token_hex(16)
        self._epmd: subprocess.Popen[bytes] | None = None
        self._node: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"amqp://kaohe:{self._password}@127.0.0.1:{self._ports[0]}/kaohe"

    @property
    def pid(self) -> int | None:
        return self._node.pid if self._node and self._node.poll() is None else None

    def start(self) -> str:
        """Start the node, wait until it answers and give its URL; ``BrokerProblem`` where it cannot."""
        server = PROGRAMS / "rabbitmq-server"
        if not server.exists():
            raise BrokerProblem(f"{server} is missing: install Debian's package rabbitmq-server")
        self._prepare()
        environment = self._environment()
        if self._epmd is None or self._epmd.poll() is not None:
            self._epmd = _child(["epmd", "-port", str(self._ports[2])], environment, self.folder / "epmd.log")
        self._node = _child([str(server)], environment, self.folder / "node.log")
        self._await()
        return self.url

    def stop(self) -> None:
        """End the node in order, then its epmd."""
        for process in (self._node, self._epmd):
            _end(process)
        self._node = self._epmd = None

    def kill(self) -> None:
        """Kill (-9) the node: what it had not written is gone."""
        if self._node:
            self._node.send_signal(signal.SIGKILL)
            self._node.wait()

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_vhost(self) -> str:
        """Make and return the URL of a fresh virtual host: queues of its own on the same node."""
        name = f"v{secrets.token_hex(6)}"
        self._control("add_vhost", name)
        self._control("set_permissions", "--vhost", name, "kaohe", ".*", ".*", ".*")
        return f"{self.url.rpartition('/')[0]}/{name}"

    def import_definitions(self, file: Path) -> None:
        """Take over accounts, rights and queues, as the composition's broker does when it starts."""
        self._control("import_definitions", str(file))

    def connected_users(self) -> set[str]:
        """Return by which accounts somebody is connected now."""
        return set(self._control("list_connections", "--no-table-headers", "user").split())

    def _control(self, *command: str) -> str:
        program: list[str | Path] = [PROGRAMS / "rabbitmqctl", "--quiet", "--node", "kaohe@localhost"]
        done = subprocess.run(
            [*program, *command], env=self._environment(), cwd="/", check=True, capture_output=True, text=True
        )
        return done.stdout

    def _prepare(self) -> None:
        for name in ("home", "data", "log"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "rabbitmq.conf").write_text(_CONFIGURATION.format(password=self._password))
        (self.folder / "enabled_plugins").write_text("[].")

    def _environment(self) -> dict[str, str]:
        node, distribution, epmd = map(str, self._ports)
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "LANG": "C.UTF-8",
            "HOME": str(self.folder / "home"),
            "RUNNING_UNDER_SYSTEMD": "true",  # the script becomes the node instead of standing before it
            "RABBITMQ_NODENAME": "kaohe@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": node,
            "RABBITMQ_DIST_PORT": distribution,
            "ERL_EPMD_PORT": epmd,
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_PID_FILE": str(self.folder / "node.pid"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwt none +sbwtdcpu none +sbwtdio none",  # waits without spinning
        }

    def _await(self) -> None:
        deadline = time.monotonic() + BOOT_SECONDS
        while not self._answers():
            if self.pid is None or time.monotonic() > deadline:
                self.stop()
                raise BrokerProblem(f"RabbitMQ does not start; see {self.folder}/node.log and {self.folder}/log")
            time.sleep(0.3)

    def _answers(self) -> bool:
        """Whether a client can log in; asked only once the port is open, since pika logs each refusal at length."""
        try:
            socket.create_connection(("127.0.0.1", self._ports[0]), timeout=5).close()
            options = "socket_timeout=5&blocked_connection_timeout=5"
            pika.BlockingConnection(pika.URLParameters(f"{self.url}?{options}")).close()
        except (AMQPError, OSError):
            return False
        return True


def _child(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A process of its own session (a Ctrl-C is not for it) that ends when ours does, however that ends."""
    with log.open("ab") as output:
        return subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "--", *command],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
