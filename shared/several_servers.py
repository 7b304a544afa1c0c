"""An address that names several PostgreSQL servers (host=one:5432&host=two:5432): one after the other is asked, so that a silent one is passed over.

libpq itself goes on to the next server when one refuses; of one that says nothing it is told by ``connect_timeout``, which has no effect for
green threads (shared/patience.py): all the time for connecting was spent on the first.
"""

from collections.abc import Mapping
from typing import Any

from psycopg2 import OperationalError
from sqlalchemy import make_url
from sqlalchemy.engine import Engine
from sqlalchemy.event import listen

Server = tuple[str, str]  # host, port; empty: libpq's own


def servers_of(given: Mapping[str, Any]) -> list[Server]:
    """Return the servers of what psycopg2 is to connect with; one port is that of all hosts."""
    hosts, ports = (str(given.get(name, "")).split(",") for name in ("host", "port"))
    return list(zip(hosts, ports * len(hosts) if len(ports) == 1 else ports, strict=True))


def number_of_servers(url: str) -> int:
    at = make_url(url)
    return len(servers_of(at.get_dialect()().create_connect_args(at)[1]))


def ask_one_after_the_other(engine: Engine) -> None:
    """Let ``engine`` connect to the first server that lets it in, beginning with the one that did so last; raises what the last one said."""
    known: list[Server] = []

    def connect(dialect: Any, _: Any, arguments: Any, given: dict[str, Any]) -> Any:
        servers = servers_of(given)
        if len(servers) == 1:
            return None  # as ever
        for number, server in enumerate(sorted(servers, key=lambda one: one not in known), 1):
            named = {name: value for name, value in zip(("host", "port"), server, strict=True) if value}
            rest = {name: value for name, value in given.items() if name not in ("host", "port")}
            try:
                connection = dialect.connect(*arguments, **rest, **named)
            except OperationalError:
                if number == len(servers):
                    raise
            else:
                known[:] = [server]
                return connection
        return None

    listen(engine, "do_connect", connect)
