"""gunicorn's threaded worker, whose refusals are problem+json (gateway/early.py)."""

from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from gateway.early import raw_refusal, status_of


class Worker(ThreadWorker):  # type: ignore[misc]  # published without types
    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        status = status_of(exc)
        if status is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Invalid request from ip=%s: %s", (addr or ("", 0))[0], exc)
        with suppress(OSError):  # it has gone
            client.sendall(raw_refusal(status))
