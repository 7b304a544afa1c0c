"""The reverse proxy of docker-compose.yml as a local process: ops/proxy/nginx.conf with its addresses and folders replaced.

Debian's packages bring the programs; the packaged service is neither needed nor touched.
"""

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

from ops.private.ports import free_ports

SOURCE = Path(__file__).resolve().parents[1] / "proxy"
MODULE = Path("/usr/lib/nginx/modules/ngx_stream_module.so")
USER = "www-data"  # under root the proxy is started as Debian's user for it
START_SECONDS = 20


class ProxyProblem(RuntimeError):
    """The proxy cannot run; the text says why."""


class PrivateProxy:
    """nginx in ``folder`` before the gateways at ``people`` and ``clocks`` and the streams at ``live`` (host:port each)."""

    def __init__(self, folder: Path, people: str, clocks: str, live: str) -> None:
        self.folder = folder.absolute()
        self.https, self.http, self.iclock = free_ports(3)
        self._people, self._clocks, self._live = people, clocks, live
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.https}"

    @property
    def clocks_url(self) -> str:
        return f"http://127.0.0.1:{self.iclock}"

    @property
    def certificate(self) -> Path:
        return self.folder / "tls" / "certificate.pem"

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Start nginx and wait until it takes connections; ``ProxyProblem`` where it cannot."""
        if not MODULE.exists() or shutil.which("nginx", path=_PATH) is None:
            raise ProxyProblem("nginx is missing: install Debian's packages nginx-light and libnginx-mod-stream")
        self._prepare()
        command = ["setpriv", *self._as_user(), "--pdeathsig", "KILL", "--"]
        with (self.folder / "nginx.log").open("ab") as output:
            self._process = subprocess.Popen(
                [*command, "nginx", "-p", str(self.folder / "cache"), "-c", str(self.folder / "nginx.conf")],
                env={"PATH": _PATH},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._await()

    def stop(self) -> None:
        """End the proxy in order: requests under way are answered, held connections are not waited for longer than 20 s."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def log(self) -> str:
        return (self.folder / "nginx.log").read_text(errors="replace")

    def _prepare(self) -> None:
        for name in ("cache", "run", "tls"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for left in (self.folder / "run").glob("*.sock"):
            left.unlink()
        if not self.certificate.exists():
            self._certify()
        for name in ("nginx.conf", "problems.conf"):
            (self.folder / name).write_text(self._local((SOURCE / name).read_text(encoding="utf-8")), encoding="utf-8")
        if _is_root():
            shutil.chown(self.folder, USER)
            for path in self.folder.rglob("*"):
                shutil.chown(path, USER)

    def _local(self, text: str) -> str:
        """The shipped text with the addresses and folders of this machine; nothing else differs."""
        places = {
            "/etc/kaohe/tls": f"{self.folder}/tls",
            "/etc/kaohe": str(self.folder),
            "/run/kaohe": f"{self.folder}/run",
            "0.0.0.0:8443": f"127.0.0.1:{self.https}",
            "0.0.0.0:8080": f"127.0.0.1:{self.http}",
            "0.0.0.0:8090": f"127.0.0.1:{self.iclock}",
            "gateway:8000": self._people,
            "clocks:8000": self._clocks,
            "live:8000": self._live,
        }
        return re.sub("|".join(map(re.escape, places)), lambda found: places[found[0]], text)

    def _certify(self) -> None:
        """A certificate of our own for 127.0.0.1, as docs/operations.md shows it."""
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        told = ["-days", "30", "-subj", "/CN=kaohe", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
        files = ["-keyout", str(self.folder / "tls" / "key.pem"), "-out", str(self.certificate)]
        subprocess.run([*command, *told, *files], check=True, capture_output=True)

    def _as_user(self) -> list[str]:
        return ["--reuid", USER, "--regid", USER, "--clear-groups"] if _is_root() else []

    def _await(self) -> None:
        assert self._process
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.https), timeout=5).close()
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise ProxyProblem(f"nginx does not start:\n{self.log()}") from None
                time.sleep(0.05)


_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"


def _is_root() -> bool:
    import os

    return os.geteuid() == 0
