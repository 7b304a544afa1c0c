"""A clock's addresses, however its firmware spells them."""

import pytest
from flask.testing import FlaskClient

from gateway.devices.paths import known_path
from tests.unit.devices.conftest import Attendance

LINE = b"7\t2026-03-04 08:55:01\t255\t1\t0\t0\t0"


@pytest.mark.parametrize(
    "path",
    [
        "//iclock/cdata",
        "/iclock//cdata",
        "/iclock/cdata/",
        "/iclock/CDATA.ASPX",
        "/Iclock/cdata",
        "/iclock/cdata.aspx/",
    ],
)
def test_a_clock_is_heard_however_its_firmware_spells_the_address_and_led_nowhere(
    clock: FlaskClient, attendance: Attendance, path: str
) -> None:
    answer = clock.post("/", environ_overrides={"PATH_INFO": path, "QUERY_STRING": "SN=CKJ1&table=ATTLOG"}, data=LINE)
    assert (answer.status_code, answer.data) == (200, b"OK: 1")
    assert [push["serial"] for push in attendance.bodies("take_punches")] == ["CKJ1"]


@pytest.mark.parametrize("path", ["/", "/api/v1//devices/", "/assets/ICLOCK.aspx", "/iclocks/cdata"])
def test_what_is_no_clocks_address_stays_as_it_is(path: str) -> None:
    assert known_path(path) == path


def test_a_serial_number_in_an_address_keeps_its_letters() -> None:
    assert known_path("//ICLOCK/Hikvision/DS-K1T9.aspx/") == "/iclock/hikvision/DS-K1T9.aspx"
