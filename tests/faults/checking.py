"""What has to hold when the faults are over: what the simulation's checker looks at, on the deployment itself."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pika
from sqlalchemy import text

from services.scoring.usecases import incremental
from shared.database import Sessions, open_sessions
from shared.events import REGISTRY
from shared.jsontext import dumps, loads
from shared.messaging import topology
from shared.migrations import SCHEMAS, SERVICES
from tests.faults.bureau import Tried
from tests.faults.clients import Clients
from tests.simulation.bureau import CYCLE
from tests.simulation.checking import ACKNOWLEDGED, LAYERS, OFFICE, READER, oracles, told_by
from tests.simulation.lives import Acknowledged
from tests.simulation.nature import Clock
from tests.support.direct_services import service_of
from tests.support.waiting import until

RESTED_AFTER = 300.0  # seconds: the last wait of an event that could not be handled is 30


class Databases:
    """Every schema, as its owner; scoring as a process that has just begun."""

    def __init__(self, url: str) -> None:
        self._sessions = {name: open_sessions(url, name) for name in SCHEMAS}
        self.services = {"scoring": service_of("scoring", url)}

    def sessions(self, name: str) -> Sessions:
        return self._sessions[name]

    def close(self) -> None:
        for one in (*self._sessions.values(), *(service.database for service in self.services.values())):
            one.engine.dispose()


class Rest:
    """The deployment, come to rest."""

    def __init__(self, deployment: Tried, clients: Clients) -> None:
        self.kept: Acknowledged = clients.kept
        self.clients, self.deployment = clients, deployment
        self.clock = Clock()
        self.processes = Databases(deployment.database_url)


def wrong(deployment: Tried, clients: Clients) -> list[str]:
    """Wait until nothing is under way any more; return what is not as it has to be."""
    rest = Rest(deployment, clients)
    try:
        until(lambda: not list(_left(rest)), RESTED_AFTER)
        return list(told_by(rest, *ACKNOWLEDGED, _left, _standing, _anchored))
    finally:
        rest.processes.close()


def _left(rest: Rest) -> Iterator[str]:
    """Queues and outboxes are empty, and nobody's letter is dead."""
    for queue, number in _queues(rest.deployment.broker_url).items():
        yield f"{number} in {queue}"
    for schema in SCHEMAS:
        with rest.processes.sessions(schema).engine.connect() as connection:
            if number := connection.execute(text(f"SELECT count(*) FROM {schema}.outbox")).scalar_one():
                yield f"{number} in the outbox of {schema}"


def _queues(url: str) -> dict[str, int]:
    names = [one.name for one in topology.queues(REGISTRY.values())] + [f"rpc-{name}" for name in SERVICES]
    connection = pika.BlockingConnection(pika.URLParameters(url))
    try:
        channel = connection.channel()
        held = {name: channel.queue_declare(name, passive=True).method.message_count for name in names}
    finally:
        connection.close()
    return {name: number for name, number in held.items() if number}


def _standing(rest: Rest) -> Iterator[str]:
    """What the services tell over HTTP is what a process that has just begun reckons; after the year it is the oracle's."""
    told = {layer: rest.clients.read(READER, "standings", cycle=CYCLE, layer=layer, limit=500) for layer in LAYERS}
    incremental.forget()
    for layer, page in told.items():
        if loads(dumps(page["items"])) != _reckoned(rest, layer):
            yield f"{layer}: what is told differs from what is reckoned anew"
    with _at_the_time_of(rest.clock):
        yield from oracles(rest)


def _reckoned(rest: Rest, layer: str) -> Any:
    asked = {"cycle": CYCLE, "layer": layer, "limit": 500}
    return loads(dumps(rest.processes.services["scoring"].list_standing(OFFICE, asked)["items"]))


def _at_the_time_of(clock: Clock) -> Any:
    class Told(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return clock.told.astimezone(tz)

    return patch("shared.clock.datetime", Told)


def _anchored(rest: Rest) -> Iterator[str]:
    """The chains are whole as they were anchored outside the database, and the rows are as the trails say."""
    try:
        rest.deployment.kaohe("audit", "verify")
    except AssertionError as error:
        yield str(error)
