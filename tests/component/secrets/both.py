"""The wire to the two services that hold votes."""

from typing import Any

from tests.support.over_http import Wire


class Both:
    """The two services that hold votes, each answering for itself."""

    connected = True

    def __init__(self, *services: Any) -> None:
        self._wires = {one.name: Wire(one) for one in services}

    def call(self, routing_key: str, *rest: Any, **more: Any) -> dict[str, Any]:
        wire = self._wires.get(routing_key.split(".", maxsplit=1)[0])
        return wire.call(routing_key, *rest, **more) if wire else {"result": {"items": [], "next": None}, "error": None}
