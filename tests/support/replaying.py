"""Two clocks that replay their whole memories at once, in posts of 62 rows, while what stores them dies under their hands."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Condition

from sqlalchemy import select

from ops.simulation.clocks import Clock
from ops.simulation.firmware import Finger, Message, Press
from services.attendance.storage.apart_tables import quarantined_punches, rejected_lines, suspect_punches
from services.attendance.storage.punches import local
from services.attendance.storage.tables import punches
from services.attendance.usecases.devices import register_device
from shared.actor import Actor, Grant
from shared.clock import now
from shared.contracts.attendance import devices as of_devices
from shared.database import open_sessions
from shared.settings import Settings, settings
from tests.support.deployment import AUDIT_KEYS, Deployment

ROWS = int(os.environ.get("REPLAYED_ROWS", "10000"))
SERIALS = ("RPL1", "RPL2")
BUREAU = "RPL"  # of its own: nobody else's figures tell of these punches
PATIENCE = 900  # seconds
_EVERY = timedelta(seconds=100)
_PINS = 400
_AFTER = 3  # so many times the rows between two deaths follow the last one


class Gate:
    """Lets so many posts of all clocks through; the others wait until it is opened further, however fast the machine is."""

    def __init__(self) -> None:
        self._turned = Condition()
        self._open_for = self._begun = self._answered = 0

    def open(self, posts: int) -> None:
        with self._turned:
            self._open_for = posts
            self._turned.notify_all()

    def enter(self) -> None:
        with self._turned:
            assert self._turned.wait_for(lambda: self._begun < self._open_for, PATIENCE), "the gate stayed closed"
            self._begun += 1

    def leave(self) -> None:
        with self._turned:
            self._answered += 1
            self._turned.notify_all()

    def await_all(self) -> None:
        """Wait until every post that it let through was answered."""
        with self._turned:
            answered = self._turned.wait_for(lambda: self._answered >= self._open_for, PATIENCE)
            assert answered, "the clocks were not answered any more"


class Replaying(Clock):
    """Asks the gate before each post."""

    gate: Gate

    def _tell(self, message: Message, encoding: str = "utf-8") -> str:
        self.gate.enter()
        heard = super()._tell(message, encoding)
        self.gate.leave()
        return heard


def memory_of(rows: int, since: datetime) -> list[Press]:
    return [Press(str(number % _PINS), since + number * _EVERY) for number in range(rows)]


def replay(deployment: Deployment, deaths: list[Callable[[], None]]) -> list[Replaying]:
    """Let both replay, the second sending every post twice; the deaths come between their posts, spread evenly: each
    begins when its share of the posts was answered, and the next share is told while it dies."""
    since = local(now()).replace(microsecond=0) - timedelta(days=300)
    gate = Gate()
    clocks = [Replaying(deployment.named("clocks-1").url, one, Finger(), twice=one == SERIALS[1]) for one in SERIALS]
    for clock in clocks:
        clock.gate = gate
        _approve(deployment, clock.serial)
        clock.memory = memory_of(ROWS // len(SERIALS), since)
    posts = sum((len(one.memory) + 61) // 62 * (2 if one.twice else 1) for one in clocks)
    with ThreadPoolExecutor(len(clocks)) as pool:
        shares = [posts * number // (len(deaths) + _AFTER) for number in range(1, len(deaths) + 1)]
        running = [pool.submit(one.replay) for one in clocks]
        try:
            gate.open(shares[0])
            for die, share in zip(deaths, [*shares[1:], posts], strict=True):
                gate.await_all()
                assert not all(one.done() for one in running), "the memories ended before everything had died"
                gate.open(share)
                die()
        finally:
            gate.open(posts)
        for one in running:
            one.result(timeout=PATIENCE)
    return clocks


def stored(deployment: Deployment) -> Iterator[tuple[str, str, datetime]]:
    """Yield device, PIN and local time of each row of these clocks, wherever it is kept."""
    sessions = open_sessions(deployment.database_url, "attendance")
    try:
        with sessions.engine.connect() as connection:
            for table in (punches, suspect_punches, quarantined_punches):
                chosen = select(table.c.device, table.c.pin, table.c.time).where(table.c.device.in_(SERIALS))
                for row in connection.execute(chosen):
                    yield row.device, row.pin, local(row.time)
            lines = select(rejected_lines.c.raw).where(rejected_lines.c.device.in_(SERIALS))
            assert connection.execute(lines).all() == []
    finally:
        sessions.engine.dispose()


def _approve(deployment: Deployment, serial: str) -> None:
    sessions = open_sessions(deployment.database_url, "attendance")
    keeper = Actor("keeper", "设备管理员", BUREAU, None, (Grant("devices", "bureau"),))
    command = of_devices.register_device.decode({"serial": serial, "name": serial})
    before = settings._settings
    settings.use(replace(Settings(), audit_keys=AUDIT_KEYS))  # the trail that the services write goes on
    try:
        with sessions.begin(keeper) as session:
            register_device(session, keeper, command)
    finally:
        settings.use(before)
        sessions.engine.dispose()
