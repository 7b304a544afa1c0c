"""What waits, counted when whoever watches asks for it: outbox rows, messages in queues, dead letters."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from kombu import Connection
from kombu.exceptions import ChannelError
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY, Collector
from sqlalchemy import text

from shared.database import engine_for
from shared.events import REGISTRY as EVENTS
from shared.logs import log
from shared.messaging.consumer import broker
from shared.messaging.topology import DEAD, RETRY_DELAYS, retry_name
from shared.settings import settings

_PATIENCE = 3  # seconds for a statement: watching must not hold up what is watched
_OUTBOX = 'SELECT count(*), coalesce(EXTRACT(epoch FROM now() - min(written_at)), 0) FROM "{service}".outbox'


class Backlog(Collector):
    """Counts for ``services`` what they have not sent yet, and for ``consumers`` what they have not taken yet."""

    LABELS: ClassVar = {
        "kaohe_reachable": "what",
        "kaohe_outbox_rows": "service",
        "kaohe_outbox_oldest_seconds": "service",
        "kaohe_queue_messages": "queue",
        "kaohe_queue_consumers": "queue",
    }

    def __init__(self, services: Sequence[str], consumers: Sequence[str] | None = None) -> None:
        self._services = services
        self._consumers = services if consumers is None else consumers

    def describe(self) -> list[GaugeMetricFamily]:
        """Ask nobody when the process starts."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        reachable = _family("kaohe_reachable", "1 where this process reaches it")
        for what, families in (("database", self._outboxes), ("broker", self._queues)):
            try:
                found = list(families())
            except Exception as error:  # whatever keeps it away is what there is to tell
                log.warning("not reached while being watched", what=what, reason=f"{type(error).__name__}: {error}")
                found = []
            reachable.add_metric([what], float(bool(found)))
            yield from found
        yield reachable

    def _outboxes(self) -> Iterator[GaugeMetricFamily]:
        rows = _family("kaohe_outbox_rows", "messages not sent yet")
        oldest = _family("kaohe_outbox_oldest_seconds", "age of the oldest message not sent yet")
        engine = engine_for(settings.need("database_url"), pool_size=1, longest=_PATIENCE)
        try:
            with engine.connect() as connection:
                for service in self._services:
                    count, age = connection.execute(text(_OUTBOX.format(service=service))).one()
                    rows.add_metric([service], float(count))
                    oldest.add_metric([service], float(age))
        finally:
            engine.dispose()
        yield rows
        yield oldest

    def _queues(self) -> Iterator[GaugeMetricFamily]:
        messages = _family("kaohe_queue_messages", "messages that wait in a queue")
        takers = _family("kaohe_queue_consumers", "processes that take from a queue")
        with broker() as connection:
            connection.ensure_connection(max_retries=1, timeout=_PATIENCE)
            for queue in queues_of(self._consumers):
                declared = _look_at(connection, queue)
                if declared:
                    messages.add_metric([queue], float(declared.message_count))
                    takers.add_metric([queue], float(declared.consumer_count))
        yield messages
        yield takers


def queues_of(consumers: Iterable[str]) -> list[str]:
    """Return the names of the queues that ``consumers`` take from, and of those that all share."""
    names = set(consumers)
    events = {kind.queue(one) for kind in EVENTS.values() for one in kind.consumers if one in names}
    return [
        DEAD,
        *(retry_name(delay) for delay in RETRY_DELAYS),
        *sorted(f"rpc-{one}" for one in names),
        *sorted(events),
    ]


def watch(services: Sequence[str], consumers: Sequence[str] | None = None) -> None:
    """Add these counts to the metrics of this process."""
    REGISTRY.register(Backlog(services, consumers))


def _family(name: str, told: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, labels=[Backlog.LABELS[name]])


def _look_at(connection: Connection, queue: str) -> Any:
    """A queue that nobody has declared yet closes the channel that asked for it."""
    channel = connection.channel()
    try:
        return channel.queue_declare(queue, passive=True)
    except ChannelError:
        return None
    finally:
        channel.close()
