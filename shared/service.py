"""What a service is made of: ``name``, ``database``, ``relay`` and entrypoints (``@rpc``, ``@on``)."""

from typing import Any

from nameko.extensions import DependencyProvider

from shared import logs
from shared.database import Sessions, open_sessions
from shared.messaging.events import on
from shared.messaging.relay import OutboxRelay
from shared.messaging.rpc import rpc
from shared.repetition import remember_key
from shared.settings import settings

__all__ = ["Database", "NeededSetting", "OutboxRelay", "on", "rpc", "service_config"]


class Database(DependencyProvider):
    """Gives a service its sessions; the schema is the service's name."""

    def setup(self) -> None:
        self._sessions = open_sessions(settings.need("database_url"), self.container.service_name)

    def stop(self) -> None:
        self._sessions.engine.dispose()

    def worker_setup(self, worker_ctx: Any) -> None:
        """Run in the worker's own green thread: whatever it logs or records carries the request's id."""
        actor = worker_ctx.kwargs.get("actor")
        logs.bind(request_id=actor.request_id if actor else worker_ctx.data.get("request_id", ""))
        remember_key(worker_ctx.data.get("idempotency_key"))

    def get_dependency(self, worker_ctx: Any) -> Sessions:
        return self._sessions


class NeededSetting(DependencyProvider):
    """A setting without which the service does not start: better then than at the first request that needs it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def setup(self) -> None:
        settings.need(self._name)

    def get_dependency(self, worker_ctx: Any) -> str:  # nameko's signature
        return settings.need(self._name)  # type: ignore[no-any-return]


def service_config() -> dict[str, Any]:
    """Return nameko's configuration, from our settings."""
    settings.need_call_keys()
    return {
        "AMQP_URI": settings.need("broker_url"),
        "TRANSPORT_OPTIONS": settings.broker_options,
        "HEARTBEAT": 0 if settings.broker_url.startswith("embedded") else 30,
        "max_workers": int(settings.workers),
    }
