"""/healthz, /readyz and /metrics of a service process, for whoever watches it."""

from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import eventlet.wsgi
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from ops.probes import broker_answers, database_answers
from shared.jsontext import dumps
from shared.settings import settings

SERVING: list[str] = []  # what this process serves by now
Start = Callable[[str, list[tuple[str, str]]], Any]


def serve(port: int) -> None:
    """Serve on ``port`` in a green thread, as long as the process lives."""
    listener = eventlet.listen(("0.0.0.0", port))  # noqa: S104  # whoever watches sits in another container
    eventlet.spawn(eventlet.wsgi.server, listener, application, log_output=False)


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path == "/metrics":
        return _answer(start, "200 OK", generate_latest(), CONTENT_TYPE_LATEST)
    if path == "/healthz":
        return _answer(start, "200 OK", b'{"status":"ok"}')
    if path == "/readyz":
        return _ready(start)
    return _answer(start, "404 Not Found", b'{"code":"path.unknown"}')


def _ready(start: Start) -> Iterable[bytes]:
    services = None if SERVING else "starting"
    reasons = {
        "services": services,
        "broker": broker_answers() if settings.broker_url else None,
        "database": database_answers(),
    }
    away = {what: reason for what, reason in reasons.items() if reason}
    body = dumps({"status": "waiting" if away else "ok", "reasons": away}).encode()
    return _answer(start, "503 Service Unavailable" if away else "200 OK", body)


def _answer(start: Start, status: str, body: bytes, kind: str = "application/json") -> Iterable[bytes]:
    start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
