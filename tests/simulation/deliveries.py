"""The relays, the broker and those who take events: the product's own code on the embedded transport, one step at a time."""

import sys
from collections.abc import Callable
from functools import partial
from heapq import heappop, heappush
from typing import Any
from unittest.mock import patch

import kombu.pools
from kombu import Connection
from sqlalchemy.exc import DBAPIError

from shared.database import single_statements
from shared.embedded.journal import Journal
from shared.embedded.transport import BROKER, install, later_by_the_clock
from shared.messaging import topology
from shared.messaging.confirming import Publisher
from shared.messaging.relay import send_waiting
from tests.simulation.fate import Fate, Killed
from tests.simulation.processes import EVERYTHING, PROCESSES, Processes

HANDLER = "EventEntrypoint"


class JournalAtRisk(Journal):
    """With the journal dies everything, as it does in `make up`."""

    fate: Fate

    def append(self, queues: Any, raw: dict[str, Any]) -> list[int]:
        if self.fate.strikes("everything killed before the journal has it"):
            raise Killed(EVERYTHING)
        numbers = super().append(queues, raw)
        if self.fate.strikes("everything killed when the journal has it"):
            raise Killed(EVERYTHING)
        return numbers


class Container:
    """Stands where nameko's container stands: whatever an entrypoint wants done is done at once."""

    def __init__(self, service: str, processes: Processes) -> None:
        self.service_name = service
        self.config: dict[str, Any] = {}
        self.shared_extensions: dict[Any, Any] = {}
        self._processes = processes

    def spawn_worker(
        self, entrypoint: Any, args: Any, _kwargs: Any, context_data: Any, handle_result: Callable[..., Any]
    ) -> None:
        error = None
        try:
            getattr(self._processes.services[self.service_name], entrypoint.method_name)(*args)
        except Exception:
            error = sys.exc_info()
        if self._processes.fate.strikes("killed before an event is acknowledged"):
            raise Killed(self.service_name)
        handle_result(None, None, error)


class Deliveries:
    def __init__(self, url: str, processes: Processes) -> None:
        self._processes, self._fate, self._clock = processes, processes.fate, processes.clock
        self._journal = JournalAtRisk(url)
        self._journal.fate = self._fate
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = iter(range(1 << 60))
        self._held_until: dict[str, float] = {}
        install(self._journal)
        BROKER.later = self._later
        self._published = patch.object(BROKER, "publish", partial(self._publish, BROKER.publish))
        self._published.start()
        self.begin()

    def begin(self) -> None:
        """Start the broker: what lies in the journal is in the queues again, and nothing else is."""
        self._waiting.clear()
        kombu.pools.reset()
        BROKER.begin()
        BROKER.journal = self._journal
        self._connection = Connection("embedded://")
        self._channel: Any = self._connection.channel()
        self._containers = {
            name: Container(name, self._processes) for name in PROCESSES
        }  # entrypoints hold them weakly
        self._takers = dict(self._entrypoints())
        topology.declare(self._connection)
        for service in PROCESSES:
            topology.declare(self._connection, owner=service, consumer=service)

    def relay(self, service: str) -> bool:
        """Send a batch of what lies in the service's outbox; tells whether something did. A relay that fails is begun anew, as it does itself."""
        engine, asked = self._processes.sessions(service).engine, list[bool]()

        def enough() -> bool:
            asked.append(True)
            return len(asked) > 1

        try:
            with self._processes.acting(service), single_statements(engine) as database:
                send_waiting(database, Publisher(self._connection), service, enough)
        except DBAPIError as error:
            self._fate.note(f"the relay of {service} begins again: {type(error).__name__}")
        return bool(asked)

    def filled(self) -> list[str]:
        """Tell which queues of consumers hold something that is not held up."""
        now = self._clock.seconds
        return sorted(
            queue
            for queue in self._takers
            if BROKER.queues[queue] and (not self._fate.armed or self._held_until.get(queue, 0.0) <= now)
        )

    def deliver(self, queue: str) -> None:
        """Hand one message of ``queue`` to who takes it: the first, or one that overtakes it; once, or twice."""
        waiting, service = BROKER.queues[queue], str(self._takers[queue].container.service_name)
        place = self._fate.random.randrange(len(waiting)) if self._fate.strikes("an event is overtaken") else 0
        raw = waiting[place]
        del waiting[place]
        if self._fate.strikes("an event is doubled"):
            BROKER.put(queue, raw, raw["properties"]["delivery_info"]["journal"])
        if self._fate.strikes("an event is held up"):
            self._held_until[queue] = self._clock.seconds + self._fate.random.uniform(1, 120)
        message = self._channel.message_to_python(raw)
        self._channel.qos.append(message, message.delivery_tag)
        try:
            with self._processes.acting(service):
                self._takers[queue].handle_message(message.decode(), message)
        except Killed as killed:
            if killed.process != EVERYTHING:
                message.requeue()
            raise

    def happen(self) -> None:
        """Let happen what was to happen by now."""
        while self._waiting and self._waiting[0][0] <= self._clock.seconds:
            heappop(self._waiting)[2]()

    @property
    def next_at(self) -> float | None:
        """Tell when the next message that waits comes back; None where none waits."""
        return self._waiting[0][0] if self._waiting else None

    def left(self) -> dict[str, int]:
        """Count what is left in queues, dead letters included."""
        return {queue: len(held) for queue, held in sorted(BROKER.queues.items()) if held}

    def close(self) -> None:
        self._published.stop()
        kombu.pools.reset()
        self._journal.close()
        install(None)
        BROKER.later = later_by_the_clock
        BROKER.begin()

    def _publish(self, publish: Callable[..., None], queues: list[str], raw: dict[str, Any]) -> None:
        publish(queues, raw)
        if self._processes.acts and self._fate.strikes("killed when the broker has a message"):
            raise Killed(self._processes.acts)

    def _later(self, seconds: float, happens: Callable[[], None]) -> None:
        heappush(self._waiting, (self._clock.seconds + seconds, next(self._numbers), happens))

    def _entrypoints(self) -> Any:
        for service, instance in self._processes.services.items():
            for name in sorted(dir(type(instance))):
                for prototype in getattr(getattr(type(instance), name), "nameko_entrypoints", ()):
                    if type(prototype).__name__ == HANDLER:
                        entrypoint = prototype.bind(self._containers[service], name)
                        entrypoint.queue = topology.consumer_queue(entrypoint.kind, service)
                        yield entrypoint.queue.name, entrypoint
