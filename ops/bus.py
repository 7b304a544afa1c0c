"""Calls to the services from the operator's console, on whatever broker is set."""

from dataclasses import replace
from typing import Any

from gateway.multiplexing import RpcClient
from shared.actor import Actor, Grant, system
from shared.errors import Problem
from shared.ids import new_id
from shared.jsontext import dumps
from shared.settings import settings

Body = dict[str, Any]
TIMEOUT = 600.0


def operator(bureau: str = "", *, name: str = "kaohe replay") -> Actor:
    """Return the operator: administrator of the installation and, where a bureau is named, its office."""
    grants = (Grant("admin", "installation"), *((Grant("office", "bureau"),) if bureau else ()))
    return replace(system(bureau, request_id=new_id()), name=name, grants=grants)


class Bus:
    def __init__(self) -> None:
        settings.need_call_keys()
        url, keys = settings.need("broker_url"), settings.call_keys
        self._client = RpcClient(url, settings.broker_options, timeout=TIMEOUT, keys=keys)

    def ask(self, service: str, method: str, body: Body, actor: Actor) -> Body:
        """Ask a service. Raises the service's own ``Problem``, ``RuntimeError`` for a fault of the service."""
        payload = dumps({"args": [], "kwargs": {"actor": actor.to_json(), "body": body}})
        headers = {"nameko.call_id_stack": [f"kaohe.{actor.request_id}"], "nameko.request_id": actor.request_id}
        reply = self._client.call(f"{service}.{method}", payload, headers, timeout=TIMEOUT)
        error = reply.get("error")
        if error is None:
            answer: Body = reply["result"]
            return answer
        if error.get("exc_type") == "Problem":
            raise Problem.from_json(error["exc_args"][0])
        raise RuntimeError(f"{service}.{method}: {error.get('exc_type')}: {error.get('value')}")

    def replay_state(self, service: str) -> int:
        """Let ``service`` tell all its states again, page by page where it has many; returns how many."""
        after, told = None, 0
        while True:
            answer = self.ask(service, "replay_state", {"after": after} if after else {}, operator())
            sent: Any = answer.get("sent", answer.get("states", 0))
            told += sum(sent.values()) if isinstance(sent, dict) else int(sent)
            after = answer.get("next")
            if not after:
                return told
