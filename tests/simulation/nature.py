"""Time and chance, which a run would otherwise take from outside: here they come from the seed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

BEGINS = datetime(2026, 7, 6, 1, tzinfo=UTC)  # a Monday, nine o'clock in Shanghai


class Clock:
    """The time of a run. Whoever acts reads it with the error of their own clock."""

    def __init__(self) -> None:
        self.at = BEGINS
        self.error = timedelta()

    @property
    def told(self) -> datetime:
        return self.at + self.error

    @property
    def seconds(self) -> float:
        return (self.at - BEGINS).total_seconds()

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@contextmanager
def determined(clock: Clock, seed: str) -> Iterator[None]:
    """Let everything that is drawn and every time that is read be the same whenever ``seed`` is the same."""
    drawn = Random(f"drawn {seed}")

    class Told(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock.told.astimezone(tz)

    with ExitStack() as stack:
        for name, stand_in in (
            ("os.urandom", drawn.randbytes),
            ("random._urandom", drawn.randbytes),  # under secrets and SystemRandom
            ("shared.clock.datetime", Told),
            ("shared.ids.time", SimpleNamespace(time_ns=lambda: int(clock.told.timestamp() * 1_000_000_000))),
            ("gateway.auth.identify.time", SimpleNamespace(monotonic=lambda: clock.seconds)),
        ):
            stack.enter_context(patch(name, stand_in))
        yield
