"""Faults of the product, planted to see whether the simulation finds them: a checker that finds nothing proves nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from shared.messaging.events import EventEntrypoint


@contextmanager
def acknowledged_first() -> Iterator[None]:
    """An event is acknowledged before it is handled: who dies in between has lost it."""
    handle = EventEntrypoint.handle_message

    def acknowledge_and_handle(self: Any, body: Any, message: Any) -> None:
        message.ack()
        message.requeue = message.ack = lambda: None
        handle(self, body, message)

    with patch.object(EventEntrypoint, "handle_message", acknowledge_and_handle):
        yield


@contextmanager
def repeated() -> Iterator[None]:
    """Services do not know a command that they have carried out before."""
    with patch("shared.recording.claim_key", lambda _: None):
        yield


PLANTED: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "nothing": nullcontext,
    "acknowledged_first": acknowledged_first,
    "repeated": repeated,
}
