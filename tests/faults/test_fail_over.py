"""Two databases, of which the leading one is lost under load: what was acknowledged is on the other one, and writers follow by themselves."""

import signal
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from shared.database import engine_for
from tests.cluster.pair import Pair, Server
from tests.support.folders import reachable_folder
from tests.support.waiting import until

pytestmark = pytest.mark.timeout(600)
WRITERS = 4
WRITTEN = 50  # acknowledged lines before and after each loss
LINE = text("INSERT INTO line VALUES (:writer, :number) ON CONFLICT DO NOTHING")


class Writer:
    """Writes one line after the other, each until it is acknowledged."""

    def __init__(self, url: str, name: int, over: Event) -> None:
        self.acknowledged = 0
        self._engine, self._name, self._over = engine_for(url), name, over
        self._thread = Thread(target=self._write, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._thread.join(120)
        assert not self._thread.is_alive()
        self._engine.dispose()

    def _write(self) -> None:
        while not self._over.is_set():
            try:
                with self._engine.begin() as connection:
                    connection.execute(LINE, {"writer": self._name, "number": self.acknowledged + 1})
            except DBAPIError:
                self._over.wait(0.1)
            else:
                self.acknowledged += 1


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with reachable_folder() as folder:
        pair = Pair(Server(folder / "one"), folder / "other")
        try:
            pair.leader.start()
            pair.follow()
            yield pair
        finally:
            pair.stop()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_what_was_acknowledged_before_the_leader_was_lost_is_there_and_writing_goes_on(
    pair: Pair, how: signal.Signals
) -> None:
    if pair.follower.pid() is None:
        pair.follower.forget()
        pair.follow()
    _execute(pair, "DROP TABLE IF EXISTS line")
    _execute(pair, "CREATE TABLE line (writer integer, number integer, PRIMARY KEY (writer, number))")
    over = Event()
    url = pair.through(pair.leader.url)
    writers = [Writer(url, name, over) for name in range(WRITERS)]
    try:
        _await_more(writers)
        pair.leader.signal(how)
        pair.await_loss()
        before = {name: one.acknowledged for name, one in enumerate(writers)}
        pair.fail_over()
        there = _lines(pair)
        assert [name for name, count in before.items() if there[name] < count] == []
        _await_more(writers)
    finally:
        over.set()
        for one in writers:
            one.end()
    assert _lines(pair) == {name: one.acknowledged for name, one in enumerate(writers)}


def _await_more(writers: list[Writer]) -> None:
    before = [one.acknowledged for one in writers]
    assert until(
        lambda: all(one.acknowledged >= count + WRITTEN for one, count in zip(writers, before, strict=True)), 200
    )


def _execute(pair: Pair, statement: str) -> None:
    engine = create_engine(pair.leader.url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _lines(pair: Pair) -> dict[int, int]:
    """How many lines of each writer are there; without gaps, as no number but the next is ever written."""
    engine = create_engine(pair.leader.url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT writer, count(*), max(number) FROM line GROUP BY writer")).all()
    engine.dispose()
    assert all(count == most for _, count, most in found)
    return {writer: count for writer, count, _ in found}
