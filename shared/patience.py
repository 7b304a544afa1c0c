"""How long PostgreSQL is waited for: whoever asks a server that went, hangs or was cut off gets an error, never silence.

Green threads (eventlet) speak to psycopg2 through a wait callback, in which libpq's ``connect_timeout`` has no effect and which waits for
ever by itself; a server that is stopped but whose machine lives goes on acknowledging packets, so that no keepalive notices.
"""

from time import monotonic
from typing import Any

from psycopg2 import OperationalError, extensions

CONNECTING = 10.0  # seconds until a server has let us in, shared by all that an address names
LONGEST = 300  # seconds that one statement may take; everyday ones take milliseconds, the freezing of a province's year minutes
_GRACE = 15.0  # seconds in which a server that still lives says itself that a statement took too long
# A peer that is gone is noticed after idle + interval × count = 25 s, bytes that nobody acknowledges after 20 s.
_KEPT_ALIVE = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


def connect_arguments(*, longest: int = LONGEST, connecting: float = CONNECTING) -> dict[str, Any]:
    """Return what psycopg2 is to connect with.

    ``longest``: seconds that a statement may take, 0 without a limit (migrations); ``connecting``: seconds for the connection itself.
    """
    if extensions.get_wait_callback() is not None:
        extensions.set_wait_callback(_wait)

    class Limited(extensions.connection):  # type: ignore[misc]  # psycopg2 has no types
        patience = (connecting, longest + _GRACE if longest else None)

    options = f"-c timezone=UTC -c lock_timeout=30000 -c statement_timeout={longest * 1000}"
    return {
        **_KEPT_ALIVE,
        "connect_timeout": max(int(connecting), 2),
        "options": options,
        "connection_factory": Limited,
    }


def _wait(connection: Any) -> None:
    """Let other green threads run until ``connection`` has its answer; raises ``OperationalError`` where none comes.

    psycopg2 itself then closes the connection; doing it here would wait for ever on a lock that it may hold.
    """
    from eventlet.hubs import trampoline

    connecting, asking = getattr(connection, "patience", (CONNECTING, None))
    limit = connecting if connection.status == extensions.STATUS_SETUP else asking
    end = None if limit is None else monotonic() + limit
    while (state := connection.poll()) != extensions.POLL_OK:
        try:
            trampoline(
                connection.fileno(),
                read=state == extensions.POLL_READ,
                write=state == extensions.POLL_WRITE,
                timeout=None if end is None else max(end - monotonic(), 0),
                timeout_exc=_TooLong,
            )
        except _TooLong:
            raise OperationalError(f"PostgreSQL did not answer within {limit:.0f} seconds") from None


class _TooLong(Exception):
    """The limit is over."""
