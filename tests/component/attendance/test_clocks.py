"""Clocks of every kind over real sockets: what they press is stored once, whatever befalls them."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from ops.simulation.clocks import Clock
from ops.simulation.firmware import FIRMWARES, Firmware, Press
from services.attendance.service import AttendanceService
from services.attendance.usecases import projections
from shared.clock import SHANGHAI
from tests.component.attendance.conftest import BUREAU, unit
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

MORNING = datetime(2026, 3, 4, 8, 30)
ONE_SECOND = timedelta(seconds=1)
KINDS = pytest.mark.parametrize("kind", sorted(FIRMWARES))


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    with world_of(database, AttendanceService(), BUREAU) as made:
        with made.service.begin_handling([unit("D10", "division")]) as session:
            projections.keep_units(session, [unit("D10", "division")])
        yield made


@pytest.fixture
def keeper(world: World) -> None:
    client = world.log_in("keeper", "devices")
    for serial in ("CKJ1", "CKJ2"):
        client.post("/api/v1/devices", json={"serial": serial, "name": serial})


def stored(world: World, table: str = "punches") -> list[tuple[str, str, datetime, int]]:
    """(clock, PIN, local time, how verified) of every row, duplicates and all."""
    chosen = text(f"SELECT device, pin, time, verify FROM attendance.{table} ORDER BY 1, 2, 3")
    with world.service.engine.connect() as connection:
        rows = connection.execute(chosen).all()
    return [(row.device, row.pin, row.time.astimezone(SHANGHAI).replace(tzinfo=None), row.verify) for row in rows]


def told(serial: str, presses: list[Press], firmware: Firmware) -> list[tuple[str, str, datetime, int]]:
    return sorted((serial, one.pin, one.at, firmware.verify) for one in presses)


@KINDS
@pytest.mark.usefixtures("keeper")
def test_a_clock_that_was_cut_off_for_a_day_and_sends_twice_loses_and_doubles_nothing(
    world: World, url: str, kind: str
) -> None:
    clock = Clock(url, "CKJ1", FIRMWARES[kind], twice=True)
    clock.hello()
    clock.press("007", MORNING)
    clock.online = False
    for number in range(4):
        clock.press(f"{number + 1}", MORNING + number * ONE_SECOND)
    assert stored(world) == told("CKJ1", clock.memory[:1], clock.firmware)
    clock.come_back()
    assert stored(world) == told("CKJ1", clock.memory, clock.firmware)


@KINDS
@pytest.mark.usefixtures("keeper")
def test_two_clocks_that_replay_their_memories_at_once_store_nothing_twice(world: World, url: str, kind: str) -> None:
    clocks = [Clock(url, serial, FIRMWARES[kind]) for serial in ("CKJ1", "CKJ2")]
    for clock in clocks:
        clock.memory = [
            Press(f"{n % 70 + 1}", MORNING + n * ONE_SECOND) for n in range(25 if clock.firmware.most == 1 else 500)
        ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda clock: clock.replay(), [*clocks, *clocks]))
    expected = [told(one.serial, one.memory, one.firmware) for one in clocks]
    assert stored(world) == [*expected[0], *expected[1]]


@KINDS
@pytest.mark.usefixtures("keeper")
def test_a_clock_that_loses_power_while_it_sends_has_told_nothing_yet(world: World, url: str, kind: str) -> None:
    clock = Clock(url, "CKJ1", FIRMWARES[kind])
    clock.go_dark("7", MORNING.replace(second=37))
    assert [stored(world, table) for table in ("punches", "suspect_punches")] == [[], []]
    clock.come_back()
    assert stored(world) == told("CKJ1", clock.memory, clock.firmware)


@KINDS
@pytest.mark.usefixtures("keeper")
def test_what_a_clock_shows_that_lost_its_battery_is_in_doubt(world: World, url: str, kind: str) -> None:
    clock = Clock(url, "CKJ1", FIRMWARES[kind])
    clock.lose_power(MORNING)
    clock.press("7", MORNING + ONE_SECOND)
    assert (stored(world), stored(world, "suspect_punches")) == ([], told("CKJ1", clock.memory, clock.firmware))


@KINDS
def test_a_clock_that_drifts_is_seen_to(world: World, url: str, kind: str) -> None:
    keeper = world.log_in("keeper", "devices")
    keeper.post("/api/v1/devices", json={"serial": "CKJ1", "name": "大门"})
    clock = Clock(url, "CKJ1", FIRMWARES[kind], drift=-timedelta(minutes=7))
    clock.press("7", datetime.now(SHANGHAI).replace(microsecond=0, tzinfo=None))
    (seen,) = keeper.get("/api/v1/devices/wall").json["devices"]
    assert (seen["state"], seen["drift"] >= 7 * 60) == ("drifting", True)


@pytest.mark.usefixtures("keeper")
def test_a_clock_sends_again_until_its_punches_could_be_stored(world: World, url: str) -> None:
    clock = Clock(url, "CKJ1", FIRMWARES["finger"])
    world.wire.cut = True
    pressing = threading.Thread(target=clock.press, args=("7", MORNING))
    pressing.start()
    pressing.join(1)
    assert pressing.is_alive(), "it was told that nothing is stored"
    world.wire.cut = False
    pressing.join(120)
    assert stored(world) == told("CKJ1", clock.memory, clock.firmware)
