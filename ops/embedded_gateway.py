"""The gateway's application on green threads: `make up`, within the one process. Limits as in production (docs/decisions/1011)."""

from contextlib import suppress
from typing import Any

import eventlet
import eventlet.wsgi
from werkzeug.wsgi import ClosingIterator

from gateway.early import LONGEST_LINE, PROBLEM, raw_refusal, refusal
from shared.logs import log

CONNECTIONS = 500  # open at once
OF_ONE_ADDRESS = 100
HEADER_SECONDS = 10  # for a request's line and headers
IDLE_SECONDS = 15  # between two requests of a connection
PIECE_SECONDS = 30  # between two pieces of a body or of an answer
AT_ONCE = 64  # requests that are being answered; more are told to come again
STREAM = "/api/v1/live"
CLOCKS_AT_ONCE = 128  # clocks still find room when people have taken theirs


class Protocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]  # published without types
    """eventlet's, whose refusals are problem+json and which waits for a request's head no longer than it may take."""

    def _read_request_line(self) -> Any:
        line = super()._read_request_line()
        if len(line) < self.server.url_length_limit:
            return line
        self._refuse(414)
        return b""

    def handle_one_request(self) -> None:
        self._deadline = eventlet.spawn_after(HEADER_SECONDS + IDLE_SECONDS, self._hang_up)
        try:
            super().handle_one_request()
        finally:
            self._deadline.cancel()

    def parse_request(self) -> bool:
        try:
            parsed = bool(super().parse_request())
        except (eventlet.wsgi.HeaderLineTooLong, eventlet.wsgi.HeadersTooLarge):
            self._refuse(431)
            return False
        self._deadline.cancel()
        return parsed

    def send_error(self, *_: Any, **__: Any) -> None:
        """Refuse what http.server cannot parse."""
        self._refuse(400)

    def _refuse(self, status: int) -> None:
        self.close_connection = 1
        with suppress(OSError):
            self.wfile.write(raw_refusal(status))
            self.wfile.flush()

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(2)


class Pool(eventlet.GreenPool):  # type: ignore[misc]  # published without types
    """The connections that are open: so many of one address, and when all places are taken the one that is idle longest makes room."""

    def __init__(self, size: int, of_one_address: int) -> None:
        super().__init__(size)
        self._of_one_address = of_one_address
        self._open: dict[int, list[Any]] = {}  # [address, socket, state], the oldest first

    def spawn(self, function: Any, connection: list[Any]) -> Any:
        """Serve ``connection``, which the server closes when this ends; at once where its address has enough."""
        address = connection[0][0]
        if sum(one[0][0] == address for one in self._open.values()) >= self._of_one_address:
            log.warning("too many connections of one address", address=address)
            return super().spawn(lambda _: None, connection)
        if len(self._open) >= self.size - 1:
            self._end_an_idle_one()
        self._open[id(connection)] = connection
        return super().spawn(self._serve, function, connection)

    def _serve(self, function: Any, connection: list[Any]) -> None:
        try:
            function(connection)
        finally:
            self._open.pop(id(connection), None)

    def _end_an_idle_one(self) -> None:
        for key, (_, socket, state) in self._open.items():
            if state == eventlet.wsgi.STATE_IDLE:
                del self._open[key]
                with suppress(OSError):
                    socket.shutdown(2)
                eventlet.sleep(0)
                return


class Bounded:
    """An application that answers so many requests at once."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._begun = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        if path == STREAM:  # it lasts; gateway/channels/live.py counts them
            return self._application(environ, start_response)
        clock = path.startswith("/iclock/")
        if self._begun >= (CLOCKS_AT_ONCE if clock else AT_ONCE):
            start_response("503 Service Unavailable", [("Content-Type", PROBLEM), ("Retry-After", "2")])
            return [refusal(503)]
        self._begun += 1
        try:
            answer = self._application(environ, start_response)
        except BaseException:
            self._begun -= 1
            raise
        return ClosingIterator(answer, self._end)

    def _end(self) -> None:
        self._begun -= 1


def serve(listener: Any, application: Any, *, behind_proxies: bool = False, connections: int = CONNECTIONS) -> None:
    """Serve until killed. ``behind_proxies``: then one address is many people's."""
    eventlet.wsgi.server(
        listener,
        Bounded(application),
        log_output=False,
        custom_pool=Pool(connections, connections if behind_proxies else OF_ONE_ADDRESS),
        protocol=Protocol,
        keepalive=IDLE_SECONDS,
        socket_timeout=PIECE_SECONDS,
        url_length_limit=LONGEST_LINE,
    )
