"""What clocks push at the same moment is stored together: one call, one transaction, one commit for all who wait.

At half past eight every clock of a bureau sends one punch at a time, and what a commit costs is the same for one and for thirty. Nobody
waits for company: who comes while nothing is under way is sent at once, who comes meanwhile goes with the next.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

from gateway.rpc import RemoteFault
from shared.errors import Problem, Unavailable

Push = dict[str, Any]
AT_ONCE = 2  # calls under way; more would only be smaller
MOST = 50  # pushes of one call
_NOBODY_ANSWERED = ("service.", "broker.")  # codes: then it is not for one of the pushes that the others failed


@dataclass(eq=False)
class _Waiting:
    push: Push
    turn: Event = field(default_factory=Event)
    settled: bool = False
    alone: bool = True  # until it is stored: whatever happens to the others' call, its own tells it
    error: Exception | None = None


class Together:
    """``one`` stores a push, ``many`` several, answering with null for each that has to be sent by itself."""

    def __init__(self, one: Callable[[Push], Any], many: Callable[[list[Push]], Sequence[Any]]) -> None:
        self._one = one
        self._many = many
        self._lock = Lock()
        self._waiting: deque[_Waiting] = deque()
        self._under_way = 0

    def send(self, push: Push) -> None:
        """Store ``push``, with those of others who wait; returns once it is committed, raises what its own call would raise."""
        own = _Waiting(push)
        with self._lock:
            leads = self._under_way < AT_ONCE
            if leads:
                self._under_way += 1
            else:
                self._waiting.append(own)
        if not leads:
            own.turn.wait()
        if not own.settled:
            self._lead(own)
        if own.error is not None:
            raise own.error
        if own.alone:
            self._one(push)

    def _lead(self, own: _Waiting) -> None:
        """Send what waits, and hand on to the first of those who came meanwhile."""
        with self._lock:
            others = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST - 1))]
        try:
            self._store([own, *others])
        finally:
            with self._lock:
                if self._waiting:
                    self._waiting.popleft().turn.set()
                else:
                    self._under_way -= 1
            for one in others:
                one.settled = True
                one.turn.set()

    def _store(self, waiting: list[_Waiting]) -> None:
        try:
            if len(waiting) == 1:
                self._one(waiting[0].push)
                waiting[0].alone = False
                return
            answers = self._many([one.push for one in waiting])
            for one, answer in list(zip(waiting, answers, strict=True)):
                one.alone = answer is None
        except (Problem, RemoteFault) as error:
            theirs = isinstance(error, Unavailable) and error.code.startswith(_NOBODY_ANSWERED)
            if theirs or len(waiting) == 1:
                for one in waiting:
                    one.error = error
