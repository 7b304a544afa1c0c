"""Hints reach the pages that listen in this process: one connection to the database listens for all of them."""

import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Event
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from gateway.storage.hints import CHANNEL, EVERYBODY, audience_of, last_hint, newer_hints
from shared import metrics
from shared.actor import Actor
from shared.database import Sessions
from shared.errors import Unavailable
from shared.logs import log

STREAMS = 2000  # of this process
OF_ONE_ACCOUNT = 6
POLL_SECONDS = 2.0
STARTING_SECONDS = 15.0
GATHER_SECONDS = 0.5  # so that many changes at once wake the pages once


@dataclass
class Listener:
    """One page: what changed for it since it was told last."""

    actor: Actor
    families: set[str] = field(default_factory=set)
    seq: int = 0
    replaced: bool = False  # by a newer page of the same account

    def hears(self, bureau: str, audience: str) -> bool:
        return bureau == self.actor.bureau and audience in (EVERYBODY, audience_of(self.actor))


class Hub:
    def __init__(self, *, streams: int = STREAMS, of_one_account: int = OF_ONE_ACCOUNT) -> None:
        self._listeners: list[Listener] = []
        self._changed = Condition()
        self._streams = streams
        self._of_one_account = of_one_account
        self.stopped = False
        self._following = Event()

    @contextmanager
    def listening(self, actor: Actor) -> Iterator[Listener]:
        """Listen as ``actor``; refused where the process has enough listeners, for the page to poll instead. Of an account's the oldest
        gives way: a page that was left long ago may seem to listen still."""
        one = self.enter(actor)
        try:
            yield one
        finally:
            self.leave(one)

    def enter(self, actor: Actor) -> Listener:
        with self._changed:
            if len(self._listeners) >= self._streams:
                raise Unavailable("live.full", zh="实时连接已满，请改为定时查询", en="no stream is free: poll instead")
            own = [each for each in self._listeners if each.actor.account == actor.account]
            for oldest in own[: max(0, len(own) + 1 - self._of_one_account)]:
                oldest.replaced = True
                self._listeners.remove(oldest)
            self._changed.notify_all()
            one = Listener(actor)
            self._listeners.append(one)
            metrics.STREAMS.set(len(self._listeners))
            return one

    def leave(self, one: Listener) -> None:
        with self._changed:
            self._listeners = [each for each in self._listeners if each is not one]
            metrics.STREAMS.set(len(self._listeners))

    def next(self, one: Listener, seconds: float) -> tuple[int, list[str]] | None:
        """Wait for something that ``one`` is to hear: (where to go on, families); None where nothing came in ``seconds``."""
        with self._changed:
            self._changed.wait_for(lambda: one.families or one.replaced or self.stopped, seconds)
            if not one.families:
                return None
            heard = (one.seq, sorted(one.families))
            one.families.clear()
            return heard

    def tell(self, bureau: str, audience: str, family: str, seq: int) -> None:
        with self._changed:
            for one in self._listeners:
                if one.hears(bureau, audience):
                    one.families.add(family)
                    one.seq = max(one.seq, seq)
            self._changed.notify_all()

    def check_following(self) -> None:
        """Wait until hints are heard of: whoever asks before for what is new would miss what comes in between."""
        if not self._following.wait(STARTING_SECONDS):
            raise Unavailable("live.starting", zh="实时连接正在启动，请改为定时查询", en="no stream yet: poll instead")

    def stop(self) -> None:
        with self._changed:
            self.stopped = True
            self._changed.notify_all()

    def follow(self, sessions: Sessions) -> None:
        """Tell the listeners what is hinted at in the database, until stopped; begins anew where it went away."""
        after: int | None = None
        while not self.stopped:
            try:
                with sessions.engine.connect() as connection:
                    connection.execute(text(f"LISTEN {CHANNEL}"))
                    connection.commit()
                    after = last_hint(connection) if after is None else after
                    self._following.set()
                    after = self._follow(connection, after)
            except Exception as error:
                log.warning("the hints are listened for again", reason=f"{type(error).__name__}: {error}")
                time.sleep(1)

    def _follow(self, connection: Connection, after: int) -> int:
        listening: Any = connection.connection.driver_connection
        while not self.stopped:
            for hint in newer_hints(connection, after):
                self.tell(hint.bureau, hint.audience, hint.family, hint.seq)
                after = hint.seq
            connection.commit()
            if not listening.notifies:
                select.select([listening], [], [], POLL_SECONDS)
                listening.poll()
            listening.notifies.clear()
            time.sleep(GATHER_SECONDS)
        return after


Ended = Callable[[], bool]


def events(hub: Hub, one: Listener, missed: dict[str, Any], ended: Ended, *, heartbeat: float) -> Iterator[bytes]:
    """Yield the stream of one page (text/event-stream): hints, a comment where there is none, an end with the session, which is
    asked for once a ``heartbeat``, however much is heard."""
    asked = time.monotonic()
    try:
        yield b"retry: 5000\n\n"
        yield _event("changed", missed["families"], missed["next"])
        while not hub.stopped:
            heard = hub.next(one, heartbeat)
            if time.monotonic() - asked >= heartbeat:
                if ended():
                    yield b"event: ended\ndata: {}\n\n"
                    return
                asked = time.monotonic()
            if one.replaced:
                yield b"event: replaced\ndata: {}\n\n"
                return
            yield _event("changed", heard[1], heard[0]) if heard else b": \n\n"
    finally:
        hub.leave(one)


def _event(name: str, families: list[str], seq: int) -> bytes:
    names = ",".join(f'"{one}"' for one in families)
    return f'id: {seq}\nevent: {name}\ndata: {{"families":[{names}]}}\n\n'.encode()
