"""gunicorn's threaded worker with an end to its queue (docs/decisions/1012) and refusals as problem+json (gateway/early.py)."""

from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from gateway.early import raw_refusal, status_of

WAITING = 3  # requests that wait for each thread; one more is told to come again at once


class Worker(ThreadWorker):  # type: ignore[misc]  # published without types
    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._begun = 0  # connections that a thread has or that wait for one; only the main thread counts
        self._most = self.cfg.threads * (1 + WAITING)

    def enqueue_req(self, conn: Any) -> None:
        if self._begun >= self._most:
            self._turn_away(conn)
            return
        self._begun += 1
        super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        self._begun -= 1
        super().finish_request(conn, fs)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        status = status_of(exc)
        if status is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Invalid request from ip=%s: %s", (addr or ("", 0))[0], exc)
        with suppress(OSError):  # it has gone
            client.sendall(raw_refusal(status))

    def _turn_away(self, conn: Any) -> None:
        """Say at once that there is no room, without waiting for anything: this is the thread that serves all others."""
        self.nr_conns -= 1
        with suppress(OSError):
            conn.sock.setblocking(False)
            conn.sock.recv(1 << 16)  # what is left unread would break the connection before the answer is read
        with suppress(OSError):
            conn.sock.send(raw_refusal(503))
            conn.sock.shutdown(1)
        conn.close()
