"""What is frozen, as the code has it now. ``python -m tests.contract.golden`` writes it anew: a decision, since a renamed queue
orphans its messages and a broker refuses an existing queue with other arguments."""

import json
from importlib import import_module
from inspect import getmembers
from pathlib import Path
from typing import Any

from shared.events import REGISTRY
from shared.events.declaring import EventType
from shared.messaging import topology
from shared.messaging.events import EventEntrypoint
from shared.messaging.rpc import ServiceRpc
from shared.migrations import SERVICES
from tests.contract import typed_commands
from tests.support.contracts import operations

TOPOLOGY = Path(__file__).parent / "topology.json"
METHODS = Path(__file__).parent / "methods.json"
OPERATIONS = Path(__file__).parent / "operations.json"


def service_class(name: str) -> type:
    module = import_module(f"services.{name}.service")
    return next(one for one in vars(module).values() if isinstance(one, type) and getattr(one, "name", None) == name)


def entrypoints(name: str) -> list[tuple[str, Any]]:
    """(method, nameko entrypoint) of a service."""
    methods = getmembers(service_class(name))
    return [(method, one) for method, body in methods for one in getattr(body, "nameko_entrypoints", ())]


def handled(name: str) -> list[EventType]:
    return [one.kind for _, one in entrypoints(name) if isinstance(one, EventEntrypoint)]


def current_topology() -> dict[str, Any]:
    queues = topology.queues(REGISTRY.values())
    return {
        "exchanges": {queue.exchange.name: queue.exchange.type for queue in queues if queue.exchange.name},
        "queues": {
            queue.name: {
                "exchange": queue.exchange.name,
                "routing_key": queue.routing_key,
                "durable": queue.durable,
                "arguments": queue.queue_arguments,
            }
            for queue in queues
        },
    }


def current_methods() -> dict[str, list[str]]:
    """The rpc methods of every service: the gateway of an older or newer release calls them by these names."""
    return {
        name: sorted(method for method, one in entrypoints(name) if isinstance(one, ServiceRpc)) for name in SERVICES
    }


def current_operations() -> dict[str, Any]:
    """What each operation takes and gives, by its service and address or, where it has none, its rpc method."""
    return {
        f"{one.service} {one.method} {one.path}" if one.path else f"{one.service} {one.rpc}": {
            "method": one.method,
            "path": one.path,
            "rpc": one.rpc,
            "request": {
                name: "required" if field.required else "optional" for name, field in one.request().fields.items()
            },
            "answer": sorted(one.answer().fields) if one.answer else [],
        }
        for one in operations()
    }


def write() -> None:
    # first what the services import, so that a new command is known to them
    for path, text in typed_commands.written().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    frozen = ((TOPOLOGY, current_topology()), (METHODS, current_methods()), (OPERATIONS, current_operations()))
    for path, value in frozen:
        path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
