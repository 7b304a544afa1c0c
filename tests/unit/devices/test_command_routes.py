"""What a clock is told at its poll and what it answers, stored before it hears that it is."""

import pytest
from flask.testing import FlaskClient

from tests.unit.devices.conftest import Attendance


def test_a_poll_is_answered_with_what_the_clock_is_to_do(clock: FlaskClient, attendance: Attendance) -> None:
    order = {"number": 5, "kind": "put_user", "params": {"pin": "7", "name": "张三"}}
    attendance.orders = {"device": {"protocol": ""}, "encoding": "", "commands": [order]}
    answer = clock.get("/iclock/getrequest?SN=CKJ1")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert answer.data == "C:5:DATA UPDATE USERINFO PIN=7\tName=张三\n".encode("gb18030")


def test_answers_are_stored_before_they_are_acknowledged(clock: FlaskClient, attendance: Attendance) -> None:
    assert clock.post("/iclock/devicecmd?SN=CKJ1", data=b"ID=5&Return=0&CMD=DATA\n").data == b"OK"
    (told,) = attendance.bodies("take_answers")
    assert [(one["number"], one["result"]) for one in told["answers"]] == [(5, 0)]
    attendance.down = True
    assert clock.post("/iclock/devicecmd?SN=CKJ1", data=b"ID=5&Return=0&CMD=DATA\n").status_code == 503


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/iclock/cdata?SN=CKJ1&table=OPERLOG", b"USER PIN=7\tName=Li\tPasswd=s3cret"),
        ("/iclock/querydata?SN=CKJ1&type=tabledata&tablename=user", b"user uid=1\tpin=7\tpassword=s3cret\tname=Li"),
        ("/iclock/cdata?SN=CKJ1&table=tabledata&tablename=user", b"user uid=1\tpin=7\tname=Li"),
    ],
)
def test_users_are_stored_before_they_are_acknowledged(
    clock: FlaskClient, attendance: Attendance, path: str, body: bytes
) -> None:
    assert clock.post(path, data=body).status_code == 200
    assert [one["users"] for one in attendance.bodies("note_users")] == [[{"pin": "7", "name": "Li"}]]
    assert "s3cret" not in repr(attendance.calls)
    attendance.down = True
    assert clock.post(path, data=body).status_code == 503


def test_what_an_access_control_counted_is_an_answer(clock: FlaskClient, attendance: Attendance) -> None:
    path = "/iclock/querydata?SN=CKJ1&type=count&cmdid=9&tablename=transaction&count=1"
    assert clock.post(path, data=b"transaction=42").data == b"OK"
    (told,) = attendance.bodies("take_answers")
    assert [(one["number"], one["counted"]) for one in told["answers"]] == [(9, 42)]
