"""gunicorn -c gateway/gunicorn.conf.py 'gateway.app:create_app()'  (two processes of sixteen threads: stack measurements)."""

# ruff: noqa: N999, ARG001  # gunicorn's name for the file, gunicorn's signatures

import os
import shutil
import tempfile
from typing import Any

from gateway.early import LONGEST_LINE, MOST_HEADERS
from shared import logs
from shared.settings import settings

bind = f"{settings.host}:{settings.port}"
worker_class = "gateway.worker.Worker"  # gthread, with refusals as problem+json
workers = 2
threads = 16
worker_connections = 512  # open at once, idle ones between two requests among them; more wait in the backlog
backlog = 256
timeout = int(settings.rpc_timeout) + 30  # of a worker's heartbeat, which its threads do not delay
graceful_timeout = 30
keepalive = 15
max_requests = 0
limit_request_line = LONGEST_LINE
limit_request_field_size = LONGEST_LINE
limit_request_fields = MOST_HEADERS
accesslog = None  # gateway.logs writes one line of JSON for each request
forwarded_allow_ips = "127.0.0.1"  # what proxies say is weighed by gateway.app, by the number that is trusted
control_socket_disable = True  # nobody steers it from beside: signals do
# gunicorn's own lines take the way of all others; its access log stays shut, which a logconfig_dict would open.
logconfig_dict: dict[str, Any] = {
    "root": {"level": "INFO", "handlers": []},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}

# Set before prometheus_client is imported anywhere: the workers' figures are added up in this folder.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="kaohe-metrics-")


def on_starting(server: Any) -> None:
    logs.configure("gateway", settings.log_level)


def post_worker_init(worker: Any) -> None:
    logs.configure("gateway", settings.log_level)
    worker.wsgi.extensions["kaohe"].rpc.start()  # so that the first request finds the broker connected


def child_exit(server: Any, worker: Any) -> None:
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
