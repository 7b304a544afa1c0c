"""A whole 12315 network behind the gateway: what a client of the API asks, with the service and its database beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient

from gateway.app import create_app
from ops.serving import set_start_apart
from shared.database import open_sessions
from shared.logs import configure
from shared.settings import Settings, settings
from tests.support.like_cases import person, station
from tests.support.many_cases import BUREAU, Network
from tests.support.measuring import postgres
from tests.support.over_http import Wire, World

API = "/api/v1/"


class NetworkOverHttp:
    """``clients``: by who they are: the centre, the head of a station, somebody of a station who handles cases."""

    def __init__(self, network: Network, world: World) -> None:
        self.network, self.world = network, world
        self.clients: dict[str, FlaskClient] = {
            "centre": world.log_in("the-centre", "complaints_centre"),
            "head": world.log_in("the-head", "staff", person=person(7), heads=station(7)),
            "handler": world.log_in("the-handler", "staff", person=person(8)),
        }

    def ask(self, who: str, path: str, **query: Any) -> Any:
        """GET; returns the answer's JSON, or its bytes where it is a file."""
        return _taken(self.clients[who].get(f"{API}{path}", query_string=query))

    def send(self, who: str, path: str, body: Any) -> Any:
        """POST JSON."""
        return _taken(self.clients[who].post(f"{API}{path}", json=body))

    def upload(self, who: str, path: str, form: dict[str, Any]) -> Any:
        return _taken(self.clients[who].post(f"{API}{path}", data=form))


@contextmanager
def network_over_http() -> Iterator[NetworkOverHttp]:
    """Yield one on a PostgreSQL of its own, with nobody in it yet."""
    configure("benchmark", "WARNING")  # a line for each request would be measured, too
    settings.use(Settings.read({"KAOHE_SECRET": "a secret of the benchmark, long enough"}))
    with postgres("complaints", "gateway") as url:
        accounts, own = open_sessions(url, "gateway"), open_sessions(url, "complaints")
        network = Network(own)
        wire = Wire(network.service)
        app = create_app(accounts, wire)  # type: ignore[arg-type]
        set_start_apart()  # as every process of the product does, whose collector else walks through it while something is measured
        yield NetworkOverHttp(network, World(app, wire, accounts, own, BUREAU))
        accounts.engine.dispose()
        own.engine.dispose()


def _taken(answer: Any) -> Any:
    if answer.status_code >= 300:
        raise RuntimeError(f"{answer.status_code} {answer.text[:500]}")
    return answer.get_json() if answer.is_json else answer.data
