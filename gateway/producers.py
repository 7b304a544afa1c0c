"""A pool of producers, each on a connection of its own: AMQP connections cannot be shared by threads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import BoundedSemaphore
from time import monotonic

from kombu import Connection, Producer

LIMIT = 8  # connections of a process
IDLE = 60.0  # seconds after which an unused connection without heartbeats is not trusted


@dataclass(frozen=True)
class Entry:
    generation: int
    used_at: float
    connection: Connection
    producer: Producer

    @property
    def trusted(self) -> bool:
        """Tell whether the connection still holds. Nobody sends the heartbeats of an unused one:
        when two are missing the broker closes it."""
        return monotonic() - self.used_at < (self.connection.get_heartbeat_interval() or IDLE)


class Producers:
    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._idle: list[Entry] = []
        self._room = BoundedSemaphore(LIMIT)

    def take(self, generation: int) -> Entry:
        """Return a producer, to be given to ``returning``; raises whatever connecting raises."""
        self._room.acquire()
        try:
            return self._fresh(generation) or self._new(generation)
        except BaseException:
            self._room.release()
            raise

    @contextmanager
    def returning(self, entry: Entry) -> Iterator[Producer]:
        """Use a taken producer; after any error its connection is closed rather than used again."""
        try:
            yield entry.producer
        except BaseException:
            _close(entry)
            raise
        else:
            self._idle.append(Entry(entry.generation, monotonic(), entry.connection, entry.producer))
        finally:
            self._room.release()

    def close(self) -> None:
        while self._idle:
            _close(self._idle.pop())

    def _fresh(self, generation: int) -> Entry | None:
        while self._idle:
            with suppress(IndexError):  # another thread took the last one
                entry = self._idle.pop()
                if entry.generation == generation and entry.trusted:
                    return entry
                _close(entry)
        return None

    def _new(self, generation: int) -> Entry:
        connection = self._connect()
        connection.connect()
        return Entry(generation, monotonic(), connection, Producer(connection.channel(), auto_declare=False))


def _close(entry: Entry) -> None:
    with suppress(Exception):  # it may be broken already, which is why it is closed
        entry.connection.release()
