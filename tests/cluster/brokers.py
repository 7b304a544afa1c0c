"""Three nodes of RabbitMQ behind one address, as docs/operations.md asks for them: nginx passes each connection on to a node that takes it."""

import shutil
import subprocess
from pathlib import Path

from sqlalchemy import make_url

from ops.private.ports import free_ports
from ops.private.proxy import MODULE
from ops.private.rabbitmq import PrivateRabbitMQ
from tests.support.waiting import until

NAMES = ("one", "two", "three")
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
BALANCED = """\
load_module {module};
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 4096; }}
stream {{
    upstream nodes {{ {servers} }}
    server {{ listen 127.0.0.1:{port}; proxy_pass nodes; proxy_connect_timeout 1s; proxy_timeout 1h; }}
}}
"""


class Brokers:
    """Stands where a deployment has its one broker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        first = PrivateRabbitMQ(folder / NAMES[0])
        self.nodes = [first, *(PrivateRabbitMQ(folder / name, first=first) for name in NAMES[1:])]
        (self._port,) = free_ports(1)
        self._balancer: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return make_url(self.nodes[0].url).set(port=self._port).render_as_string(hide_password=False)

    @property
    def pid(self) -> int | None:
        """The balancer's: a node that was killed stays away until somebody starts it."""
        return self._balancer.pid if self._balancer and self._balancer.poll() is None else None

    def start(self) -> str:
        for node in self.nodes:
            node.start()
        servers = " ".join(f"server 127.0.0.1:{node.ports[0]} max_fails=1 fail_timeout=1s;" for node in self.nodes)
        file = self.folder / "nginx.conf"
        file.write_text(BALANCED.format(module=MODULE, folder=self.folder, servers=servers, port=self._port))
        with (self.folder / "nginx.log").open("ab") as output:
            self._balancer = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", "nginx", "-p", str(self.folder), "-c", str(file)],
                env={"PATH": PATH},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        assert until((self.folder / "nginx.pid").exists, 20), (self.folder / "nginx.log").read_text()
        return self.url

    def import_definitions(self, file: Path) -> None:
        self.nodes[0].import_definitions(file)

    def stop(self) -> None:
        if self._balancer:
            self._balancer.terminate()
            self._balancer.wait()
        for node in reversed(self.nodes):
            node.stop()

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
