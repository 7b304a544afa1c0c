"""Every service in this process, without a broker: stands where the gateway's rpc client stands.

A call goes straight to the service's method, on its own migrated schema; ``deliver`` carries what lies in the outboxes to those
who take it, as the relays would.
"""

from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sqlalchemy import text

from shared.actor import Actor
from shared.database import Sessions, open_sessions
from shared.events.declaring import REGISTRY
from shared.jsontext import dumps, loads
from shared.migrations import SERVICES
from shared.problems import as_problem

METHOD = "ServiceRpc"
HANDLER = "EventEntrypoint"


class DirectServices:
    connected = True

    def __init__(self, url: str) -> None:
        self.services = {name: service_of(name, url) for name in present()}
        self.faults: list[str] = []
        self.called: Counter[str] = Counter()

    def call(self, routing_key: str, payload: str, headers: dict[str, Any], **_: Any) -> dict[str, Any]:
        name, method = routing_key.split(".")
        kwargs = loads(payload)["kwargs"]
        self.called[routing_key] += 1
        try:
            entrypoint = getattr(self.services[name], method)
            assert METHOD in _kinds(entrypoint), f"{routing_key} is no rpc method"
            result = entrypoint(Actor.from_json(kwargs["actor"]), kwargs["body"])
            return {"result": loads(dumps(result)), "error": None}
        except Exception as error:
            problem = as_problem(error)
            if problem is None:
                self.faults.append(f"{routing_key} {dumps(kwargs['body'])[:500]}: {error!r}")
                return {"error": {"exc_type": type(error).__name__, "value": str(error)}}
            return {"error": {"exc_type": "Problem", "exc_args": [dumps(problem.to_json())]}}

    def deliver(self) -> None:
        """Until every outbox is empty, whatever was caused on the way included."""
        while any(self._deliver_from(name) for name in self.services):
            pass

    def close(self) -> None:
        for service in self.services.values():
            service.database.engine.dispose()

    def _deliver_from(self, owner: str) -> bool:
        sessions: Sessions = self.services[owner].database
        with sessions.engine.begin() as connection:
            rows = connection.execute(text(f"DELETE FROM {owner}.outbox RETURNING id, event, body")).all()
        for _, event, body in sorted(rows):
            kind = REGISTRY[event]
            states = [kind.load(raw) for raw in loads(body)]
            for consumer in kind.consumers:
                self._hand_over(consumer, kind.cls, states)
        return bool(rows)

    def _hand_over(self, consumer: str, event: type, states: list[Any]) -> None:
        service = self.services.get(consumer)
        for name in dir(service) if service else ():
            for entrypoint in getattr(getattr(type(service), name), "nameko_entrypoints", ()):
                if type(entrypoint).__name__ == HANDLER and entrypoint.kind.cls is event:
                    getattr(service, name)(states)


def present() -> tuple[str, ...]:
    return tuple(name for name in SERVICES if find_spec(f"services.{name}.service"))


def service_of(name: str, url: str) -> Any:
    """The service as it starts, on the database at ``url``."""
    module = import_module(f"services.{name}.service")
    cls = next(one for one in vars(module).values() if getattr(one, "name", None) == name and isinstance(one, type))
    service = cls()
    service.database = open_sessions(url, name)
    return service


def _kinds(method: Any) -> set[str]:
    return {type(entrypoint).__name__ for entrypoint in getattr(method, "nameko_entrypoints", ())}
