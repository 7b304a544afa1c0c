"""What clocks are told and what they answer, as it stands on the wire."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gateway.devices import users
from gateway.devices.commands import Answer, answers_of, command_lines, count_of
from gateway.devices.users import users_of

DAYS = {"first": "2026-03-04", "last": "2026-03-05"}


@pytest.mark.parametrize(
    ("kind", "params", "attendance", "access"),
    [
        (
            "count",
            DAYS,
            "VERIFY SUM ATTLOG StartTime=2026-03-04 00:00:00\tEndTime=2026-03-05 23:59:59",
            "DATA COUNT transaction",
        ),
        (
            "fetch",
            DAYS,
            "DATA QUERY ATTLOG StartTime=2026-03-04 00:00:00\tEndTime=2026-03-05 23:59:59",
            "DATA QUERY tablename=transaction,fielddesc=*,filter=starttime=2026-03-04 00:00:00\tendtime=2026-03-05 23:59:59",
        ),
        ("list_users", {}, "DATA QUERY USERINFO", "DATA QUERY tablename=user,fielddesc=*,filter=*"),
        (
            "put_user",
            {"pin": "7", "name": "Li"},
            "DATA UPDATE USERINFO PIN=7\tName=Li",
            "DATA UPDATE user Pin=7\tName=Li",
        ),
        ("drop_user", {"pin": "7"}, "DATA DELETE USERINFO PIN=7", "DATA DELETE user Pin=7"),
        ("set_time", {}, "CHECK", "CHECK"),
        ("info", {}, "INFO", "INFO"),
        ("reboot", {}, "REBOOT", "CONTROL DEVICE 03000000"),
    ],
)
def test_each_kind_reads_as_the_firmware_wants_it(kind: str, params: Any, attendance: str, access: str) -> None:
    order = {"number": 12, "kind": kind, "params": params}
    assert command_lines([order], "", "") == f"C:12:{attendance}\n".encode()
    assert command_lines([order], "access", "") == f"C:12:{access}\n".encode()


def test_names_are_written_as_the_clock_writes_its_own() -> None:
    order = {"number": 1, "kind": "put_user", "params": {"pin": "7", "name": "张三"}}
    assert "张三".encode("gb18030") in command_lines([order], "", "")
    assert "张三".encode() in command_lines([order], "", "utf-8")


def test_a_name_begins_no_other_column_line_or_command() -> None:
    order = {"number": 1, "kind": "put_user", "params": {"pin": "7\nC:2:SHELL rm", "name": "a\tPri=14\r\nC:3:REBOOT"}}
    (line,) = command_lines([order], "", "utf-8").decode().splitlines()
    assert line.count("\t") == 1


def test_several_answers_come_in_one_body_and_that_to_info_has_more_lines() -> None:
    body = (
        b"ID=1&Return=0&CMD=DATA\nID=2&Return=0&CMD=INFO\n~DeviceName=F18\nUserCount=4\r\nID=x3&Return=-10&CMD=DATA\n"
    )
    found = answers_of(body)
    assert [(one.number, one.result) for one in found] == [(1, 0), (2, 0), (None, -10)]
    assert found[1].text.splitlines()[1:] == ["~DeviceName=F18", "UserCount=4"]


@pytest.mark.parametrize("told", ["AttlogSum=12", "AttlogCount=12", "attlogsum=12"])
def test_a_clock_tells_how_many_records_it_counted(told: str) -> None:
    (one,) = answers_of(f"ID=5&Return=0&CMD=VERIFY SUM&StartTime=2026-03-04 00:00:00&{told}".encode())
    assert (one.number, one.counted) == (5, 12)


def test_an_access_control_counts_all_that_it_holds() -> None:
    assert count_of(b"transaction=2083\r\n", "7") == Answer(7, 0, "transaction=2083", 2083)
    assert count_of(b"user=20", "7") is None


def test_no_secret_of_an_answer_is_kept() -> None:
    (one,) = answers_of(b"ID=1&Return=0&CMD=INFO\nCommKey=s3cret\tx=1")
    assert "s3cret" not in one.text


def test_users_are_pins_and_names_and_nothing_else() -> None:
    body = (
        "USER PIN=7\tName=张三\tPri=0\tPasswd=s3cret\tCard=123\tGrp=1\r\nFP PIN=7\tFID=1\tTMP=dGVt\n"
        "OPLOG 4\t0\t2026-03-04 08:00:00\t0\t0\nuser uid=1\tcardno=2\tpin=8\tpassword=x\tname=Li\n"
    ).encode("gb18030")
    found = users_of(body)
    assert (found.users, found.encoding) == ((("7", "张三"), ("8", "Li")), "gb18030")
    assert found.biometric == ("7",)
    assert users_of("USER PIN=7\tName=张三".encode()).encoding == "utf-8"


def test_a_finger_that_does_not_count_is_none() -> None:
    assert users_of(b"FP PIN=7\tFID=1\tValid=0\tTMP=\nFACE PIN=8\tFID=0\tTMP=dGVt").biometric == ("8",)


def test_many_fingers_go_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "_MOST", 2)
    body = b"USER PIN=1\tName=\n" + b"".join(b"FP PIN=%d\tFID=1\n" % number for number in range(5))
    assert [(len(named), len(pins)) for named, pins in users_of(body).parts()] == [(1, 2), (0, 2), (0, 1)]


@given(st.binary(max_size=300))
@example(b"ID=&Return=&CMD=")
@example(b"ID=1&Return=99999999999999999999&CMD=INFO")
@example(b"USER PIN=\tName=\0")
def test_no_body_raises(body: bytes) -> None:
    for one in answers_of(body):
        assert one.number is None or one.number > 0
        assert len(one.text) <= 2000
        assert "\0" not in one.text
    for pin, name in (*users_of(body).users, *((pin, "") for pin in users_of(body).biometric)):
        assert 0 < len(pin) <= 64
        assert (pin + name).isprintable()
    count_of(body, "1")
