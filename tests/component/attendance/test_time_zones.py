"""Clocks that show the times of another zone than the bureau's."""

from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.attendance.usecases import apart, devices, punches
from shared.actor import system
from shared.clock import SHANGHAI
from shared.contracts.attendance import punches as of_punches
from tests.component.attendance.conftest import QUERY, Bureau
from tests.component.attendance.desk import API, hr, world
from tests.support.over_http import World

__all__ = ["hr", "world"]
URUMQI = "Asia/Urumqi"  # two hours behind


def times(bureau: Bureau, state: str = "stored") -> list[str]:
    page = bureau.do(punches.list_punches, QUERY | {"state": state})
    return [f"{one['time'].astimezone(SHANGHAI):%m-%d %H:%M}" for one in page["items"]]


def test_a_clock_is_read_by_its_own_zone(bureau: Bureau) -> None:
    assert bureau.approve(time_zone=URUMQI)["time_zone"] == URUMQI
    bureau.approve("CKJ2")
    bureau.push(("1", "2026-01-05 06:50:00"), ("1", "2026-01-05 23:10:00"))
    bureau.push(("1", "2026-01-05 08:51:00"), serial="CKJ2")
    assert times(bureau) == ["01-05 08:50", "01-05 08:51", "01-06 01:10"]


def test_what_waited_for_the_approval_is_read_by_the_zone_that_the_clock_is_given(bureau: Bureau) -> None:
    bureau.push(("1", "2026-01-05 06:50:00"))
    assert times(bureau, "quarantined") == ["01-05 06:50"]
    assert bureau.approve(time_zone=URUMQI)["released"] == 1
    bureau.push(("1", "2026-01-05 06:50:00"))
    assert times(bureau) == ["01-05 08:50"]


def test_what_was_sent_before_another_zone_was_set_counts_once_when_it_is_sent_again(bureau: Bureau) -> None:
    bureau.approve()
    bureau.push(("1", "2026-01-05 08:50:00"))
    changed = bureau.approve(time_zone=URUMQI)
    assert bureau.push(("1", "2026-01-05 08:50:00"))["new"] == 0
    assert (times(bureau), changed["time_zone"], changed["revision"]) == (["01-05 08:50"], URUMQI, 2)
    assert bureau.approve()["time_zone"] == URUMQI, "as it stands"


def test_what_hr_accepts_of_a_retired_clock_is_read_by_its_zone(bureau: Bureau) -> None:
    bureau.approve(time_zone=URUMQI)
    bureau.do(devices.retire_device, {"serial": "CKJ1", "revision": None})
    bureau.push(("1", "2026-01-05 06:50:00"))
    (waiting,) = bureau.do(punches.list_punches, QUERY | {"state": "quarantined"})["items"]
    key = {name: waiting[name] for name in ("device", "pin", "status", "verify")}
    row = {**key, "time": waiting["time"].isoformat(), "state": "quarantined", "accept": True}
    bureau.do(apart.decide_punches, of_punches.decide_punches.decode({"punches": [row]}))
    assert times(bureau) == ["01-05 08:50"]
    bureau.approve()
    bureau.push(("1", "2026-01-05 06:50:00"))
    assert times(bureau) == ["01-05 08:50"]


def test_the_drift_of_a_clock_is_told_by_its_zone(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.approve(time_zone=URUMQI)
    monkeypatch.setattr(punches, "now", lambda: datetime(2026, 1, 5, 8, 50, 30, tzinfo=SHANGHAI))
    bureau.push(("1", "2026-01-05 06:50:00"))
    (told,) = bureau.do(devices.list_devices, QUERY | {"status": "approved"})["items"]
    assert (told["drift"], "earlier_zones" in told) == (30, False)


def test_the_clock_is_told_its_zone_and_a_time_with_its_offset_is_read_by_that(world: World, hr: FlaskClient) -> None:
    clock = world.app.test_client()
    asked = {"serial": "CKJ1", "name": "大门", "time_zone": URUMQI}
    assert hr.post(f"{API}/devices", json=asked).json["time_zone"] == URUMQI
    assert "TimeZone=6\n" in clock.get("/iclock/cdata?SN=CKJ1&options=all").text
    assert clock.get("/iclock/rtdata?SN=CKJ1&type=time").text.endswith("ServerTZ=+0600")
    hr.post(f"{API}/devices", json={**asked, "time_zone": "Asia/Kolkata"})
    assert "TimeZone=330\n" in clock.get("/iclock/cdata?SN=CKJ1&options=all").text
    who: dict[str, Any] = {"majorEventType": 5, "subEventType": 75, "employeeNoString": "1"}
    event = {
        "eventType": "AccessControllerEvent",
        "dateTime": "2026-05-05T08:50:00+08:00",
        "AccessControllerEvent": who,
    }
    assert clock.post("/iclock/hikvision/DSK1", json=event).data == b"OK"
    assert hr.post(f"{API}/devices", json={**asked, "serial": "DSK1"}).json["released"] == 1
    clock.post("/iclock/hikvision/DSK1", json={**event, "dateTime": "2026-05-06T08:50:00+08:00"})
    found = hr.get(f"{API}/punches?device=DSK1").json["items"]
    assert [one["time"] for one in found] == ["2026-05-05T00:50:00+00:00", "2026-05-06T00:50:00+00:00"]


def test_another_zone_begins_when_the_clock_hears_of_it(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(hour: int, *, hello: bool) -> None:
        monkeypatch.setattr(devices, "now", lambda: datetime(2026, 1, 5, hour, tzinfo=SHANGHAI))
        sign = {"serial": "CKJ1", "address": "", "info": "", "hello": hello}
        with bureau.sessions.begin(system("")) as session:
            devices.note_device(session, system(""), sign)

    bureau.approve()
    told(9, hello=True)
    bureau.approve(time_zone=URUMQI)
    told(10, hello=False)
    bureau.push(("1", "2026-01-05 12:50:00"))
    told(14, hello=True)
    told(15, hello=True)
    bureau.push(("1", "2026-01-05 12:30:00"))
    bureau.push(("1", "2026-01-05 11:50:00"))
    assert times(bureau) == ["01-05 11:50", "01-05 12:50", "01-05 14:30"]


def test_the_last_hours_before_the_clock_was_set_back_count_once_when_they_are_sent_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = [("1", "2026-01-05 09:50:00"), ("1", "2026-01-05 12:10:00"), ("1", "2026-01-05 13:50:00")]
    monkeypatch.setattr(devices, "now", lambda: datetime(2026, 1, 5, 14, tzinfo=SHANGHAI))
    bureau.approve()
    bureau.push(*memory)
    bureau.approve(time_zone=URUMQI)
    with bureau.sessions.begin(system("")) as session:
        devices.note_device(session, system(""), {"serial": "CKJ1", "address": "", "info": "", "hello": True})
    assert bureau.push(*memory, ("2", "2026-01-05 13:50:00"), ("1", "2026-01-05 12:11:00"))["new"] == 2
    assert times(bureau) == [f"01-05 {at}" for at in ("09:50", "12:10", "13:50", "14:11", "15:50")]


def test_what_waits_for_its_approval_is_told_no_zone_before(world: World, hr: FlaskClient) -> None:
    clock = world.app.test_client()
    assert "TimeZone" not in clock.get("/iclock/cdata?SN=NEW1&options=all").text
    assert "ServerTZ" not in clock.get("/iclock/rtdata?SN=NEW1&type=time").text
    hr.post(f"{API}/devices", json={"serial": "NEW1", "name": "大门", "time_zone": URUMQI})
    assert "TimeZone=6\n" in clock.get("/iclock/cdata?SN=NEW1&options=all").text


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "", "+08:00", "../../etc/passwd"])
def test_what_is_no_time_zone_is_refused(hr: FlaskClient, zone: str) -> None:
    answer = hr.post(f"{API}/devices", json={"serial": "CKJ1", "name": "大门", "time_zone": zone})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "time_zone")
