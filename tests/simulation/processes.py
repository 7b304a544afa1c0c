"""The processes of a bureau in one: five services and the gateway, each of which may die at any moment and is begun anew without what it knew."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from psycopg2 import OperationalError
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

from gateway.auth.identify import Holders
from gateway.channels.service import GatewayEvents
from gateway.multiplexing import NoReply, Unreachable
from gateway.parts import Parts, keep_parts
from services.scoring.usecases import incremental
from shared import logs
from shared.database import Sessions, open_sessions
from shared.jsontext import dumps, loads
from shared.messaging.rpc import decode_request
from shared.migrations import SERVICES
from shared.problems import as_problem
from shared.repetition import remember_key
from tests.simulation.fate import Fate, Killed
from tests.simulation.nature import Clock
from tests.support.direct_services import service_of

GATEWAY, EVERYTHING = "gateway", "everything"
PROCESSES = (GATEWAY, *SERVICES)
LARGEST_ERROR = 120  # seconds by which a clock is wrong
_commit = PGDialect_psycopg2.do_commit


@dataclass(frozen=True)
class Request:
    routing_key: str
    payload: str
    headers: dict[str, Any]


class Processes:
    """Stands where the gateway's rpc client stands, too: a call goes straight to the service's method, if it arrives."""

    connected = True

    def __init__(self, url: str, app: Any, fate: Fate, clock: Clock) -> None:
        self.fate, self.clock = fate, clock
        self.again: list[Request] = []  # requests that the broker has back from a service that died
        self.faults: list[str] = []  # what failed although nothing was done to it
        self.services: dict[str, Any] = {}
        self._url, self._app = url, app
        self.acts = ""
        self._errors: dict[str, float] = {}
        self._accounts = open_sessions(url, GATEWAY)
        for name in PROCESSES:
            self.begin(name)

    def begin(self, name: str) -> None:
        """Start a process, or all of them anew."""
        if name == EVERYTHING:
            self.again.clear()
            for one in PROCESSES:
                self.begin(one)
            return
        self.set_clock(name)
        if name == GATEWAY:
            self._accounts.engine.dispose()
            self._accounts = open_sessions(self._url, GATEWAY)
            keep_parts(self._app, Parts(self._accounts, self, Holders(self._accounts)))  # type: ignore[arg-type]
            self.services[name] = GatewayEvents()
            self.services[name].database = self._accounts
            return
        if name in self.services:
            self.sessions(name).engine.dispose()
        if name == "scoring":
            incremental.forget()
        self.services[name] = service_of(name, self._url)

    def set_clock(self, name: str) -> None:
        self._errors[name] = self.fate.random.uniform(-LARGEST_ERROR, LARGEST_ERROR) if self.fate.armed else 0.0

    @contextmanager
    def acting(self, name: str) -> Iterator[None]:
        """Let the process ``name`` do what follows: by its clock, and dead if it is killed."""
        before = self.acts, self.clock.error
        self.acts, self.clock.error = name, timedelta(seconds=self._errors.get(name, 0.0))
        try:
            yield
        finally:
            self.acts, self.clock.error = before

    def commit(self, dialect: PGDialect_psycopg2, connection: Any) -> None:
        """Commit as the dialect does, with what may happen to a process around it."""
        if not self.acts:
            _commit(dialect, connection)
            return
        if self.fate.strikes("killed before a commit"):
            raise Killed(self.acts)
        if self.fate.strikes("the database is cut off before a commit"):
            connection.driver_connection.close()
        _commit(dialect, connection)
        if self.fate.strikes("the database is cut off after a commit"):
            connection.driver_connection.close()
            raise OperationalError("the answer to COMMIT is lost")
        if self.fate.strikes("killed after a commit"):
            raise Killed(self.acts)

    def call(self, routing_key: str, payload: str, headers: dict[str, Any], **_: Any) -> dict[str, Any]:
        if self.fate.strikes("the broker is out of reach"):
            raise Unreachable(routing_key)
        if self.fate.strikes("a request is lost"):
            raise NoReply(routing_key)
        reply = self.serve(Request(routing_key, payload, headers))
        if reply is None or self.fate.strikes("an answer is lost"):
            raise NoReply(routing_key)
        if self.fate.strikes("the gateway is killed with the answer"):
            raise Killed(GATEWAY)
        return reply

    def serve(self, request: Request) -> dict[str, Any] | None:
        """Return the service's answer; None where it died first, and the broker has the request again."""
        name, method = request.routing_key.split(".")
        try:
            with self.acting(name):
                reply = self._answer(name, method, request)
        except Killed as killed:
            if killed.process != name:
                raise
            self.begin(name)
            if self.fate.strikes("a killed process has its request again at once"):
                return self.serve(request)
            self.again.append(request)
            return None
        if self.fate.strikes("killed before a request is acknowledged"):
            self.begin(name)
            self.again.append(request)
        return reply

    def _answer(self, name: str, method: str, request: Request) -> dict[str, Any]:
        arguments = decode_request(loads(request.payload))["kwargs"]
        logs.bind(request_id=arguments["actor"].request_id)
        remember_key(request.headers.get("nameko.idempotency_key"))
        try:
            result = getattr(self.services[name], method)(**arguments)
            return {"result": loads(dumps(result)), "error": None}
        except Exception as error:
            problem = as_problem(error)
            if problem is None:
                self.faults.append(f"{request.routing_key}: {error!r}")
                return {"result": None, "error": {"exc_type": type(error).__name__, "value": str(error)}}
            return {"result": None, "error": {"exc_type": "Problem", "exc_args": [dumps(problem.to_json())]}}
        finally:
            remember_key(None)

    def sessions(self, name: str) -> Sessions:
        return self.services[name].database  # type: ignore[no-any-return]

    def close(self) -> None:
        for name in PROCESSES:
            self.sessions(name).engine.dispose()
