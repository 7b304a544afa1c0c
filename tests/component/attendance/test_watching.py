"""Alarms about clocks: told once when they begin and once when they end, whatever happens in between."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.attendance.usecases import device_alarms, devices, watching
from shared.actor import system
from shared.clock import now
from shared.contracts.attendance import devices as of_devices
from shared.jsontext import loads
from shared.vocabulary.refusals import Refused
from tests.component.attendance.commanding import HERE
from tests.component.attendance.conftest import QUERY, Bureau


def sign(bureau: Bureau, serial: str = "CKJ1", info: str = "", address: str = HERE) -> None:
    with bureau.sessions.begin(system("")) as session:
        told = {"serial": serial, "address": address, "info": info}
        devices.note_device(session, session.info["actor"], told)


def change(bureau: Bureau, **columns: Any) -> None:
    """Write columns of the clock CKJ1 as if they had come to be so."""
    written = ", ".join(f"{name} = :{name}" for name in columns)
    with bureau.sessions.engine.begin() as connection:
        connection.execute(text(f"UPDATE attendance.devices SET {written} WHERE serial = 'CKJ1'"), columns)


def watch(bureau: Bureau) -> int:
    with bureau.sessions.begin(system("B00")) as session:
        return watching.watch_clocks(session, "B00")


def told(bureau: Bureau) -> list[tuple[str, str, str]]:
    """(serial number, kind, status) of every event so far."""
    with bureau.sessions.engine.connect() as connection:
        chosen = text("SELECT body FROM attendance.outbox WHERE event = 'attendance.DeviceAlarm.v1' ORDER BY id")
        bodies = connection.execute(chosen).scalars()
        return [(one["serial"], one["kind"], one["status"]) for body in bodies for one in loads(body)]


def test_silence_is_told_when_it_begins_and_when_it_ends(bureau: Bureau) -> None:
    bureau.approve()
    sign(bureau)
    assert watch(bureau) == 0
    change(bureau, seen_at=now() - timedelta(hours=1))
    assert [watch(bureau), watch(bureau)] == [1, 0]
    sign(bureau)
    assert [watch(bureau), watch(bureau)] == [1, 0]
    change(bureau, seen_at=now() - timedelta(hours=1))
    assert watch(bureau) == 1
    assert told(bureau) == [
        ("CKJ1", "silent", "open"),
        ("CKJ1", "silent", "ended"),
        ("CKJ1", "silent", "open"),
    ]


def test_a_clock_that_was_registered_and_never_connected_raises_no_alarm(bureau: Bureau) -> None:
    bureau.approve()
    assert watch(bureau) == 0


def test_drift_and_a_gap_are_told(bureau: Bureau) -> None:
    bureau.approve()
    sign(bureau, info="Ver 8,300,500,100,10.0.0.9")
    sign(bureau, info="Ver 8,300,500,150,10.0.0.9")
    change(bureau, drift=600)
    assert watch(bureau) == 2
    assert told(bureau) == [("CKJ1", "drifting", "open"), ("CKJ1", "gap", "open")]
    items = bureau.do(device_alarms.list_device_alarms, QUERY | {"status": "open"})["items"]
    assert sorted((one["kind"], one["other"]) for one in items) == [("drifting", "600 秒"), ("gap", "缺 50 条")]


def test_what_ends_by_itself_is_settled_by_nobody(bureau: Bureau) -> None:
    bureau.approve()
    sign(bureau)
    change(bureau, drift=600)
    watch(bureau)
    (alarm,) = bureau.do(device_alarms.list_device_alarms, QUERY | {"status": "open"})["items"]
    command = of_devices.settle_device_alarm.decode({"alarm": alarm["alarm"], "accept": True})
    with pytest.raises(Refused):
        bureau.do(device_alarms.settle_device_alarm, command)


def test_an_unknown_clock_is_told_until_somebody_says_whose_it_is(bureau: Bureau) -> None:
    sign(bureau, "NEW1")
    assert [watch(bureau), watch(bureau)] == [1, 0]
    bureau.approve("NEW1")
    watch(bureau)
    assert told(bureau) == [("NEW1", "unknown", "open"), ("NEW1", "unknown", "ended")]


def test_invented_serial_numbers_raise_so_many_alarms_and_no_more(bureau: Bureau) -> None:
    for number in range(watching.MOST_UNKNOWN + 5):
        sign(bureau, f"FAKE{number}", address=f"10.1.{number}.9")
    assert watch(bureau) == watching.MOST_UNKNOWN
    for _ in range(3):
        watch(bureau)
    opened = [one for one in told(bureau) if one[2] == "open"]
    assert len(opened) == watching.MOST_UNKNOWN


def test_a_suspicious_address_is_told_and_so_is_what_was_decided(bureau: Bureau) -> None:
    bureau.approve(networks=["10.0.0.0/24"])
    bureau.push(("1", "2026-01-05 08:50:00"), address="192.168.7.7")
    bureau.push(("1", "2026-01-05 08:51:00"), address="192.168.7.7")
    (alarm,) = bureau.do(device_alarms.list_device_alarms, QUERY | {"status": "open"})["items"]
    command = of_devices.settle_device_alarm.decode({"alarm": alarm["alarm"], "accept": False})
    bureau.do(device_alarms.settle_device_alarm, command)
    assert told(bureau) == [("CKJ1", "elsewhere", "open"), ("CKJ1", "elsewhere", "refused")]
