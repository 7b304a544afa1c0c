"""Messages that are handled together: what lies ready when a worker begins, in one transaction.

Nobody could tell such a batch from one message: states of one bureau, no aggregate twice, no more of them than a message holds. It is for
handlers that only keep what they are told; one that has something to tell or to record itself gets each message alone, under
the id of the request that it comes from.
"""

from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from typing import Any

from shared.events.declaring import EventType
from shared.messaging.wire import ATTEMPT, REQUEST_ID
from shared.recording import STATES_PER_MESSAGE

_several: ContextVar[bool] = ContextVar("several_messages", default=False)


class NotTogether(RuntimeError):
    """What was handled is on record under one request's id, and these messages come from several."""


def check_alone() -> None:
    """Raise ``NotTogether`` where this worker handles several messages; asked before anything goes on record."""
    if _several.get():
        raise NotTogether


class Batch:
    """Messages and their states. As a worker's arguments: it takes what comes in until its worker begins, which is when they are read."""

    def __init__(self, kind: EventType, message: Any, states: Sequence[Any], *, joined: bool = True) -> None:
        """``states``: of ``message``, at least one. ``joined``: whether others may be handled with it."""
        self.messages: list[Any] = [message]
        self.context = {"request_id": str(message.headers.get(REQUEST_ID, ""))}
        self._kind, self._parts = kind, [states]
        self._aggregates = set(map(self._aggregate, states))
        self._open = joined and not _again(message)

    def __iter__(self) -> Iterator[list[Any]]:
        self._open = False
        _several.set(len(self.messages) > 1)
        yield [state for states in self._parts for state in states]

    def add(self, message: Any, states: Sequence[Any]) -> bool:
        """Take another message where it may be handled with these; tells whether it was taken."""
        aggregates = set(map(self._aggregate, states))
        fits = self._parts[0][0].bureau == states[0].bureau and self._aggregates.isdisjoint(aggregates)
        small = sum(map(len, self._parts)) + len(states) <= STATES_PER_MESSAGE
        if not (self._open and fits and small) or _again(message):
            return False
        self.messages.append(message)
        self._parts.append(states)
        self._aggregates |= aggregates
        self.context["request_id"] += f" {message.headers.get(REQUEST_ID, '')}"  # for the log
        return True

    def each(self) -> list["Batch"]:
        """Return the messages as batches of one, which nothing joins."""
        parts = zip(self.messages, self._parts, strict=True)
        return [Batch(self._kind, message, states, joined=False) for message, states in parts]

    def _aggregate(self, state: Any) -> tuple[Any, ...]:
        return tuple(getattr(state, name) for name in self._kind.key)


def _again(message: Any) -> bool:
    """Tell whether it failed before: the others shall not fail with it."""
    return bool(message.headers.get(ATTEMPT) or message.delivery_info.get("redelivered"))
