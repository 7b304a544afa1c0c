"""`kaohe replay` waits for as long as states come, and gives up when none has come for long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import pytest

from ops import rebuilding

EVERY = 300  # seconds from one state to the next
STATES = 30


class _Years:
    """A clock that sleeping moves on, and the database at that time."""

    def __init__(self, told: Callable[[float], int]) -> None:
        self.now = 0.0
        self._told = told

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    @contextmanager
    def connect(self) -> Iterator["_Years"]:
        yield self

    def count(self, _connection: Any, table: str) -> int:
        """What is still in the only owner's outbox."""
        assert table == "targets.outbox"
        return STATES - self._told(self.now)

    def counts(self, _connection: Any, schema: str) -> dict[str, int]:
        return {"person": STATES if schema == rebuilding.OLD else self._told(self.now)}


def _wait(monkeypatch: pytest.MonkeyPatch, told: Callable[[float], int]) -> float:
    years = _Years(told)
    monkeypatch.setattr(rebuilding, "time", years)
    monkeypatch.setattr(rebuilding, "_count", years.count)
    monkeypatch.setattr(rebuilding, "_counts", years.counts)
    try:
        rebuilding.wait_until_drained(years, "scoring", ["targets"], expected=True)  # type: ignore[arg-type]
    except click.ClickException as problem:
        raise TimeoutError(years.now) from problem
    return years.now


def test_it_waits_for_as_long_as_states_come(monkeypatch: pytest.MonkeyPatch) -> None:
    took = _wait(monkeypatch, lambda now: min(STATES, int(now // EVERY)))
    assert STATES * EVERY > 2 * rebuilding.PATIENCE
    assert STATES * EVERY + rebuilding.QUIET <= took <= STATES * EVERY + rebuilding.QUIET + 1


def test_it_gives_up_when_nothing_has_come_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TimeoutError) as given_up:
        _wait(monkeypatch, lambda now: min(STATES - 1, int(now // EVERY)))
    last = (STATES - 1) * EVERY
    assert last + rebuilding.PATIENCE <= given_up.value.args[0] <= last + rebuilding.PATIENCE + 1
