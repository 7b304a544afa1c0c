"""What a clock hears: plain text, the number of its lines, 503 only where its punches could not be stored."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.devices import batches
from tests.unit.devices.conftest import Attendance

LINE = b"7\t2026-03-04 08:55:01\t255\t1\t0\t0\t0"


@pytest.mark.parametrize("suffix", ["", ".aspx"])
def test_the_handshake_gives_options_line_by_line(clock: FlaskClient, suffix: str) -> None:
    answer = clock.get(f"/iclock/cdata{suffix}?SN=CKJ1&options=all&pushver=2.4.1&DeviceType=middle%20east")
    lines = answer.get_data(as_text=True).split("\n")
    assert (answer.status_code, answer.mimetype, lines[0]) == (200, "text/plain", "GET OPTION FROM: CKJ1")
    assert {"Stamp=9999", "TransFlag=1111000000", "TimeZone=8", "Realtime=1", "Encrypt=0"} < set(lines)


@pytest.mark.parametrize("content_type", [None, "application/x-www-form-urlencoded", "text/plain", "application/json"])
@pytest.mark.parametrize("path", ["/iclock/cdata", "/iclock/cdata.aspx"])
def test_punches_are_read_from_the_raw_body_whatever_its_type(
    clock: FlaskClient, attendance: Attendance, path: str, content_type: str | None
) -> None:
    answer = clock.post(f"{path}?SN=CKJ1&table=ATTLOG&Stamp=9999", data=LINE, content_type=content_type)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"OK: 1", "text/plain")
    (push,) = attendance.bodies("take_punches")
    assert (push["serial"], [one["pin"] for one in push["punches"]]) == ("CKJ1", ["7"])


def test_the_answer_counts_duplicates_and_rejected_lines(clock: FlaskClient, attendance: Attendance) -> None:
    answer = clock.post("/iclock/cdata?SN=CKJ1&table=ATTLOG", data=b"\n".join([LINE, LINE, b"broken", LINE]))
    assert answer.data == b"OK: 4"
    (push,) = attendance.bodies("take_punches")
    assert [one["raw"] for one in push["rejected"]] == ["broken"]


def test_what_could_not_be_stored_is_not_acknowledged(clock: FlaskClient, attendance: Attendance) -> None:
    attendance.down = True
    answer = clock.post("/iclock/cdata?SN=CKJ1&table=ATTLOG", data=LINE)
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert b"OK" not in answer.data


def test_a_clock_that_only_polls_is_not_bothered_when_the_service_is_away(
    clock: FlaskClient, attendance: Attendance
) -> None:
    attendance.down = True
    assert clock.get("/iclock/getrequest?SN=CKJ1").data == b"OK"
    assert clock.get("/iclock/cdata?SN=CKJ1&options=all").status_code == 200


def test_a_large_push_is_stored_in_parts_and_answered_as_one(
    clock: FlaskClient, attendance: Attendance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "LINES_PER_CALL", 2)
    answer = clock.post("/iclock/cdata?SN=CKJ1&table=ATTLOG", data=b"\n".join([LINE] * 5 + [b"broken"]))
    assert answer.data == b"OK: 6"
    assert [len(push["punches"]) for push in attendance.bodies("take_punches")] == [2, 2, 1]
    assert [len(push["rejected"]) for push in attendance.bodies("take_punches")] == [1, 0, 0]


def test_a_push_without_lines_is_stored_as_nothing(clock: FlaskClient, attendance: Attendance) -> None:
    assert clock.post("/iclock/cdata?SN=CKJ1&table=ATTLOG", data=b"").data == b"OK: 0"


def test_passwords_and_templates_go_no_further(clock: FlaskClient, attendance: Attendance, caplog: Any) -> None:
    user = b"USER PIN=7\tName=\xd5\xc5\tPri=0\tPasswd=s3cret\tCard=\tGrp=1\nFP PIN=7\tFID=1\tSize=4\tValid=1\tTMP=dGVtcGxhdGU="
    assert clock.post("/iclock/cdata?SN=CKJ1&table=OPERLOG&OpStamp=1", data=user).data == b"OK: 2"
    assert clock.post("/iclock/cdata?SN=CKJ1&table=BIODATA", data=b"BIODATA Pin=7\tTmp=dGVtcGxhdGU=").data == b"OK"
    told = repr(attendance.calls) + caplog.text
    assert "s3cret" not in told
    assert "dGVtcGxhdGU" not in told


@pytest.mark.parametrize("table", ["options", "BIODATA", "ATTPHOTO", "tabledata", "something"])
def test_other_tables_are_answered_without_a_count(clock: FlaskClient, attendance: Attendance, table: str) -> None:
    assert clock.post(f"/iclock/cdata?SN=CKJ1&table={table}", data=b"x=1\ny=2").data == b"OK"
    assert attendance.bodies("take_punches") == []


def test_rtlog_is_stored_and_answered_without_a_count(clock: FlaskClient, attendance: Attendance) -> None:
    body = b"time=2026-03-04 08:55:01\tpin=7\tevent=0\tinoutstatus=0\tverifytype=1"
    assert clock.post("/iclock/cdata?SN=CKJ1&table=rtlog", data=body).data == b"OK"
    assert len(attendance.bodies("take_punches")[0]["punches"]) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/iclock/getrequest"),
        ("GET", "/iclock/ping"),
        ("POST", "/iclock/devicecmd"),
        ("POST", "/iclock/push"),
        ("POST", "/iclock/fdata"),
        ("GET", "/iclock/getrequest.aspx"),
        ("PUT", "/iclock/devicecmd"),
        ("GET", "/iclock/rtdata"),
        ("POST", "/iclock/querydata"),
        ("POST", "/iclock/nobody/knows"),
        ("GET", "/iclock/"),
        ("POST", "/iclock/devicecmd.aspx"),
    ],
)
def test_the_rest_is_answered_ok(clock: FlaskClient, method: str, path: str) -> None:
    answer = clock.open(
        f"{path}?SN=CKJ1", method=method, data=b"ID=1&Return=0&CMD=INFO\n" if method == "POST" else None
    )
    assert (answer.status_code, answer.data) == (200, b"OK")


def test_newer_firmware_is_told_a_code_that_stays_the_same(clock: FlaskClient) -> None:
    first, second = (clock.post("/iclock/registry?SN=CKJ1", data=b"DeviceType=acc").data for _ in range(2))
    assert first == second
    assert first.startswith(b"RegistryCode=")


def test_the_poll_tells_firmware_and_counts(clock: FlaskClient, attendance: Attendance) -> None:
    clock.get("/iclock/getrequest?SN=CKJ1&INFO=Ver 8.0.4.2,31,25,112,10.0.0.9")
    assert attendance.bodies("give_commands")[0]["info"] == "Ver 8.0.4.2,31,25,112,10.0.0.9"


@pytest.mark.parametrize("serial", ["", "a b", "x" * 65, "号", "a/b"])
def test_a_request_without_a_serial_number_is_no_device(
    clock: FlaskClient, attendance: Attendance, serial: str
) -> None:
    assert clock.post("/iclock/cdata", query_string={"SN": serial, "table": "ATTLOG"}, data=LINE).status_code == 400
    assert attendance.calls == []


def test_a_device_acts_as_the_system_of_no_bureau(clock: FlaskClient, attendance: Attendance) -> None:
    clock.post("/iclock/cdata?SN=CKJ1&table=ATTLOG", data=LINE)
    acting = attendance.calls[0][2]
    assert (acting.account, acting.bureau, acting.grants, acting.address) == ("system", "", (), "127.0.0.1")


TRANSACTION = b"transaction cardno=0\tpin=7\tverified=1\teventtype=0\tinoutstate=0\ttime=2026-03-04 08:55:01"


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("path", ["/iclock/cdata?SN=CKJ1&table=tabledata", "/iclock/querydata?SN=CKJ1&type=tabledata"])
def test_transactions_are_stored_before_they_are_answered(
    clock: FlaskClient, attendance: Attendance, path: str, method: str
) -> None:
    asked = f"{path}&tablename=transaction&count=1"
    assert clock.open(asked, method=method, data=TRANSACTION).data == b"OK"
    assert [one["pin"] for one in attendance.bodies("take_punches")[0]["punches"]] == ["7"]
    attendance.down = True
    assert clock.open(asked, method=method, data=TRANSACTION).status_code == 503


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("cdata?SN=CKJ1&table=OPERLOG&OpStamp=1", b"FP PIN=7\tFID=1\tSize=4\tValid=1\tTMP=dGVtcGxhdGU="),
        ("cdata?SN=CKJ1&table=BIODATA", b"BIODATA Pin=7\tNo=0\tValid=1\tType=9\tTmp=dGVtcGxhdGU="),
        (
            "querydata?SN=CKJ1&tablename=templatev10&count=1",
            b"templatev10 size=4\tpin=7\tvalid=1\ttemplate=dGVtcGxhdGU=",
        ),
    ],
)
def test_that_a_clock_has_a_finger_goes_further_and_the_finger_does_not(
    clock: FlaskClient, attendance: Attendance, path: str, body: bytes
) -> None:
    assert clock.post(f"/iclock/{path}", data=body).status_code == 200
    (told,) = attendance.bodies("note_users")
    assert (told["users"], told["biometric"]) == ([], ["7"])
    assert "dGVtcGxhdGU" not in repr(attendance.calls)


def test_a_table_that_nobody_reads_is_kept_scrubbed(clock: FlaskClient, attendance: Attendance) -> None:
    body = b"user uid=1\tpin=7\tpassword=s3cret\tname=x\nuser uid=2\tpin=8"
    assert clock.post("/iclock/querydata?SN=CKJ1&tablename=userauthorize&count=2", data=body).data == b"OK"
    (kept,) = attendance.bodies("note_lines")
    assert [one["reason"] for one in kept["lines"]] == ["table", "table"]
    assert "s3cret" not in repr(attendance.calls)


def test_any_other_path_is_answered_in_plain_text_and_kept(clock: FlaskClient, attendance: Attendance) -> None:
    answer = clock.post("/iclock/exchange?SN=CKJ1&type=publickey", data=b"Passwd=s3cret\tx=1\0")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"OK", "text/plain")
    (kept,) = attendance.bodies("note_lines")
    (line,) = kept["lines"]
    assert line["raw"].startswith("POST /iclock/exchange?SN=CKJ1&type=publickey\n")
    assert "s3cret" not in line["raw"]
    assert "\0" not in line["raw"]
    assert clock.post("/iclock/exchange", data=b"x").status_code == 400


def test_the_time_is_told_in_the_makers_counting(clock: FlaskClient) -> None:
    told = clock.get("/iclock/rtdata?SN=CKJ1&type=time").get_data(as_text=True)
    assert re.fullmatch(r"DateTime=\d{9},ServerTZ=\+0800", told)


@pytest.mark.parametrize("status", ["pending", "expired", "rejected", "retired"])
def test_who_is_not_approved_keeps_the_zone_that_it_has(
    clock: FlaskClient, attendance: Attendance, status: str
) -> None:
    attendance.status = status
    assert "TimeZone" not in clock.get("/iclock/cdata?SN=CKJ1&options=all").text
    assert re.fullmatch(r"DateTime=\d{9}", clock.get("/iclock/rtdata?SN=CKJ1&type=time").text)


def test_any_number_of_bad_lines_is_taken_in_parts(clock: FlaskClient, attendance: Attendance) -> None:
    body = b"".join(b"broken %d\n" % number for number in range(100_001))
    assert clock.post("/iclock/cdata?SN=CKJ1&table=ATTLOG", data=body).data == b"OK: 100001"
    sizes = [len(push["rejected"]) for push in attendance.bodies("take_punches")]
    assert (sum(sizes), max(sizes)) == (100_001, batches.LINES_PER_CALL)


EVENT = (
    b'{"eventType": "AccessControllerEvent", "dateTime": "2026-03-04T08:55:01+08:00",'
    b' "AccessControllerEvent": {"subEventType": 75, "employeeNoString": "7"}}'
)


def test_a_terminal_that_pushes_events_is_told_ok_once_they_are_stored(
    clock: FlaskClient, attendance: Attendance
) -> None:
    answer = clock.post("/iclock/hikvision/DS-K1T9", data=EVENT, content_type="application/json")
    assert (answer.status_code, answer.data) == (200, b"OK")
    (taken,) = attendance.bodies("take_punches")
    assert (taken["serial"], [one["pin"] for one in taken["punches"]]) == ("DS-K1T9", ["7"])
    assert clock.post("/iclock/hikvision/DS-K1T9", data=b'{"eventType": "heartBeat"}').data == b"OK"
    assert [one["serial"] for one in attendance.bodies("note_device")] == ["DS-K1T9"]
    assert clock.post("/iclock/hikvision/a%20b", data=EVENT).status_code == 400
    attendance.down = True
    assert clock.post("/iclock/hikvision/DS-K1T9", data=EVENT).status_code == 503
