"""A dead letter, and what can be done with all of them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol


class BrokerAway(Exception):
    """The broker does not answer, or has no such queue yet."""


class NotAllowed(BrokerAway):
    """The account of this process may not reach the dead letters (docs/decisions/1710): who runs the installation does by the command."""


@dataclass(frozen=True)
class Letter:
    queue: str
    reason: str
    trace: str
    body: bytes

    @property
    def id(self) -> str:
        """Return an id, the same for the same message in the same queue, however often it is looked at."""
        return sha256(self.queue.encode() + b"\n" + self.body).hexdigest()[:12]

    @property
    def states(self) -> int:
        """Tell how many states the message carries; 0 where it cannot be read."""
        try:
            states = json.loads(self.body)
        except ValueError:
            return 0
        return len(states) if isinstance(states, list) else 0


Choose = Callable[[Letter], bool]


class Letters(Protocol):
    def all(self) -> list[Letter]: ...

    def replay(self, choose: Choose) -> int: ...

    def drop(self, choose: Choose) -> int: ...

    def depths(self) -> dict[str, int]:
        """Tell how many messages wait in each queue that is there."""
        ...
