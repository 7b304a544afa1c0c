"""A scoring process as the deployment starts it, with a broker of its own, until it answers."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from gateway.multiplexing import RpcClient, Unroutable
from ops.private.rabbitmq import PrivateRabbitMQ
from shared.audit_chain import read_keys
from shared.jsontext import dumps
from tests.component.scoring.conftest import actor

RPC_KEYS = f"1:{token_hex(24)}"


def beginning(url: str, small: str, large: str) -> tuple[float, float, float]:
    """Return the seconds from starting a service process until it answers for the bureau ``small``, then of a first and a second look at ``large``."""
    with tempfile.TemporaryDirectory(prefix="kaohe-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        broker = PrivateRabbitMQ(Path(folder, "rabbitmq"))
        try:
            broker.start()
            client = RpcClient(broker.url, {}, timeout=300, keys=read_keys(RPC_KEYS))
            started = time.perf_counter()
            with _service(url, broker.url, Path(folder, "scoring.log")):
                _wait(client, small)
                ready = time.perf_counter() - started
                looks = []
                for _ in range(2):
                    before = time.perf_counter()
                    _ask(client, large)
                    looks.append(time.perf_counter() - before)
            client.close()
        finally:
            broker.stop()
    return ready, looks[0], looks[1]


def _wait(client: RpcClient, bureau: str) -> None:
    """Ask for the standing of a small bureau until there is somebody to answer."""
    deadline = time.monotonic() + 120
    while True:
        try:
            return _ask(client, bureau)
        except Unroutable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _ask(client: RpcClient, bureau: str) -> None:
    body = {"cycle": "2026", "layer": "person", "limit": 20}
    payload = dumps({"args": [], "kwargs": {"actor": actor("office", bureau=bureau).to_json(), "body": body}})
    assert client.call("scoring.list_standing", payload, {}, read=True, timeout=300)["result"]["items"]


@contextmanager
def _service(url: str, broker: str, log: Path) -> Iterator[None]:
    own = {
        "database_url": url,
        "broker_url": broker,
        "log_level": "WARNING",
        "rpc_keys": RPC_KEYS,
        "secret": token_hex(32),
    }
    environment = {**os.environ, **{f"KAOHE_{key.upper()}": value for key, value in own.items()}}
    command = [str(Path(sys.executable).parent / "kaohe"), "service", "scoring"]
    with log.open("wb") as output:
        running = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        running.terminate()
        running.wait(timeout=60)
