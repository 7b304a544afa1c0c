"""From where clocks speak: networks they are held to, alarms where an address is suspicious, invented serial numbers."""

from datetime import timedelta
from typing import Any

import pytest
from marshmallow import ValidationError
from sqlalchemy import text

from services.attendance.usecases import device_alarms, devices, wall
from shared.actor import system
from shared.contracts.attendance import devices as of_devices
from shared.errors import Conflict, Forbidden, Unavailable
from shared.vocabulary.refusals import Refused
from tests.component.attendance.conftest import QUERY, Bureau, actor

PUNCH = ("1", "2026-01-05 08:50:00")
HERE, THERE = "10.0.0.9", "10.0.0.10"
FORGER = "192.168.7.7"


def alarms(bureau: Bureau, status: str | None = "open") -> list[tuple[str, str]]:
    page = bureau.do(device_alarms.list_device_alarms, QUERY | {"status": status})
    return [(one["kind"], one["address"]) for one in page["items"]]


def settle(bureau: Bureau, *, accept: bool, by: Any = None) -> dict[str, Any]:
    (open_one,) = bureau.do(device_alarms.list_device_alarms, QUERY | {"status": "open"})["items"]
    body = {"alarm": open_one["alarm"], "accept": accept, "remark": "换了网线"}
    command = of_devices.settle_device_alarm.decode(body)
    return bureau.do(device_alarms.settle_device_alarm, command, by=by)  # type: ignore[no-any-return]


def sign(bureau: Bureau, address: str, serial: str = "CKJ1") -> dict[str, Any]:
    with bureau.sessions.begin(system("")) as session:
        told = {"serial": serial, "address": address, "info": ""}
        return devices.note_device(session, session.info["actor"], told)


def age(bureau: Bureau, by: timedelta) -> None:
    """Everything about devices happened so much earlier."""
    with bureau.sessions.engine.begin() as connection:
        moved = "UPDATE attendance.devices SET seen_at = seen_at - :by, previous_until = previous_until - :by"
        connection.execute(text(moved), {"by": by})


def device(bureau: Bureau, serial: str = "CKJ1") -> dict[str, Any]:
    (one,) = [
        one for one in bureau.do(devices.list_devices, QUERY | {"status": None})["items"] if one["serial"] == serial
    ]
    return one  # type: ignore[no-any-return]


def test_a_punch_from_outside_of_a_clocks_networks_is_kept_apart_and_alarms(bureau: Bureau) -> None:
    bureau.approve(networks=["10.0.0.0/24"])
    bureau.push(PUNCH, address=FORGER)
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (0, 1)
    assert alarms(bureau) == [("elsewhere", FORGER)]
    assert device(bureau)["seen_at"] is None, "the forger's sign is no sign of the clock's life"


def test_the_clock_itself_goes_on_counting_meanwhile(bureau: Bureau) -> None:
    bureau.approve(networks=["10.0.0.0/24"])
    bureau.push(PUNCH, address=FORGER)
    bureau.push(PUNCH, address=HERE)
    bureau.push(("1", "2026-01-05 17:10:00"), address=THERE)
    assert bureau.count("punches") == 2
    assert alarms(bureau) == [("elsewhere", FORGER)]


def test_what_waits_counts_once_the_address_is_said_to_be_the_clocks(bureau: Bureau) -> None:
    bureau.approve(networks=["10.0.0.0/24"])
    bureau.push(PUNCH, address="10.9.0.5")
    assert settle(bureau, accept=True)["released"] == 1
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (1, 0)
    assert device(bureau)["networks"] == ["10.0.0.0/24", "10.9.0.5"]
    bureau.push(("1", "2026-01-05 17:10:00"), address="10.9.0.5")
    assert (bureau.count("punches"), alarms(bureau)) == (2, [])


def test_what_is_refused_never_counts(bureau: Bureau) -> None:
    bureau.approve(networks=["10.0.0.0/24"])
    bureau.push(PUNCH, address=FORGER)
    assert settle(bureau, accept=False) | {"alarm": ""} == {
        "alarm": "",
        "status": "refused",
        "revision": 2,
        "released": 0,
    }
    bureau.approve(networks=["10.0.0.0/24", "10.5.0.0/16"])
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (0, 1)


def test_approving_with_networks_counts_only_what_came_from_them(bureau: Bureau) -> None:
    bureau.push(PUNCH, address=FORGER)
    bureau.push(("1", "2026-01-05 17:10:00"), address=HERE)
    assert bureau.approve(networks=["10.0.0.0/24"])["released"] == 1
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (1, 1)


def test_registering_again_without_networks_leaves_them_as_they_stand(bureau: Bureau) -> None:
    bureau.approve(networks=["10.0.0.0/24"])
    assert bureau.approve(name="后门")["networks"] == ["10.0.0.0/24"]
    assert bureau.approve(networks=[])["networks"] == []


def test_a_changed_address_alarms_once_and_is_known_when_accepted(bureau: Bureau) -> None:
    bureau.approve()
    for address in (HERE, THERE, THERE):
        bureau.push(PUNCH, address=address)
    assert alarms(bureau) == [("moved", THERE)]
    settle(bureau, accept=True)
    age(bureau, timedelta(hours=1))
    bureau.push(PUNCH, address=HERE)
    assert (alarms(bureau), device(bureau)["addresses"]) == ([], [HERE, THERE])


def test_two_addresses_at_once_alarm_also_within_the_networks(bureau: Bureau) -> None:
    bureau.approve(networks=["10.0.0.0/24"])
    for address in (HERE, THERE, HERE):
        sign(bureau, address)
    assert alarms(bureau) == [("twice", HERE)]
    assert "twice" in bureau.do(wall.show_wall, {})["devices"][0]["alarms"]


def test_an_alarm_is_on_the_audit_trail_of_its_bureau(bureau: Bureau) -> None:
    bureau.approve()
    for address in (HERE, THERE):
        sign(bureau, address)
    settle(bureau, accept=False)
    with bureau.sessions.engine.connect() as connection:
        rows = connection.execute(text("SELECT action, bureau FROM attendance.audit ORDER BY 1"))
        trail = [tuple(row) for row in rows if row.action.startswith("device_alarm")]
    assert trail == [("device_alarm.raised", "B00"), ("device_alarm.settled", "B00")]


def test_who_does_not_keep_the_clocks_settles_nothing_and_nothing_is_settled_twice(bureau: Bureau) -> None:
    bureau.approve()
    for address in (HERE, THERE):
        sign(bureau, address)
    with pytest.raises(Forbidden):
        settle(bureau, accept=True, by=actor("hr"))
    (one,) = bureau.do(device_alarms.list_device_alarms, QUERY | {"status": "open"})["items"]
    settle(bureau, accept=True)
    body = {"alarm": one["alarm"], "accept": False, "revision": None, "remark": ""}
    with pytest.raises(Refused, match=r"alarm\.settled"):
        bureau.do(device_alarms.settle_device_alarm, body)


@pytest.mark.parametrize("network", ["10.0.0.0/33", "10.0.0.1/24", "office", ""])
def test_what_is_no_network_is_refused(network: str) -> None:
    with pytest.raises(ValidationError):
        of_devices.register_device.decode({"serial": "A", "name": "A", "networks": [network]})


def test_215_invented_serial_numbers_keep_no_new_clock_out_for_long(bureau: Bureau) -> None:
    turned_away = 0
    for number in range(215):
        try:
            sign(bureau, HERE, f"FAKE{number:03}")
        except Unavailable:
            turned_away += 1
    assert turned_away == 165
    assert sign(bureau, "10.0.1.9", "OTHER")["status"] == "pending", "another network has room"
    with pytest.raises(Unavailable):
        sign(bureau, HERE, "NEW")
    assert bureau.approve("NEW")["status"] == "approved", "who registers it first needs no room"
    waiting = bureau.do(devices.list_devices, QUERY | {"status": "pending", "limit": 500})["items"]
    invented = [one["serial"] for one in waiting if one["serial"].startswith("FAKE")]
    assert bureau.do(devices.reject_devices, {"serials": invented}) == {"rejected": 50}
    assert sign(bureau, HERE, "NEW2")["status"] == "pending"


def test_who_waits_and_falls_silent_makes_room_and_waits_again_when_heard(bureau: Bureau) -> None:
    for number in range(50):
        bureau.push(PUNCH, serial=f"FAKE{number:02}")
    age(bureau, timedelta(days=1, minutes=1))
    assert sign(bureau, HERE, "NEW")["status"] == "pending"
    assert device(bureau, "FAKE00")["status"] == "expired"
    assert sign(bureau, HERE, "FAKE00")["status"] == "pending"
    assert bureau.count("quarantined_punches") == 50, "what was acknowledged stays"
    assert bureau.approve("FAKE01")["released"] == 1, "an expired one can still be approved"


def test_serial_numbers_are_rejected_all_or_none_and_the_row_is_named(bureau: Bureau) -> None:
    sign(bureau, HERE, "FAKE1")
    bureau.approve()
    with pytest.raises(Conflict) as caught:
        bureau.do(devices.reject_devices, {"serials": ["CKJ1", "FAKE1"]})
    assert [error["row"] for error in caught.value.errors] == [0]
    assert device(bureau, "FAKE1")["status"] == "pending"


def hello(bureau: Bureau, address: str, key: str) -> None:
    with bureau.sessions.begin(system("")) as session:
        told = {"serial": "CKJ1", "address": address, "info": "", "hello": True, "key": key}
        devices.note_device(session, session.info["actor"], told)


def test_of_a_clock_with_a_key_only_what_comes_from_where_it_said_it_counts(bureau: Bureau) -> None:
    told = bureau.approve(comm_key="7391")
    assert (told["keyed"], "7391" in repr(told)) == (True, False)
    bureau.push(PUNCH, address=HERE)
    hello(bureau, FORGER, "wrong")
    bureau.push(("1", "2026-01-06 08:50:00"), address=FORGER)
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (0, 2)
    assert sorted(alarms(bureau)) == [("keyless", HERE), ("keyless", FORGER)]
    hello(bureau, HERE, "7391")
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (1, 1), "what waited from there counts"
    bureau.push(("1", "2026-01-07 08:50:00"), address=HERE)
    bureau.push(("1", "2026-01-08 08:50:00"), address=FORGER)
    assert (bureau.count("punches"), bureau.count("quarantined_punches")) == (2, 2)
    bureau.approve(comm_key="")
    assert device(bureau)["keyed"] is False


def test_a_clock_hangs_at_the_door_of_a_unit(bureau: Bureau) -> None:
    assert bureau.approve(unit="S01")["unit"] == "S01"
    assert bureau.approve()["unit"] == "S01", "absent: as it stands"
