"""Events of Hikvision terminals: who was let in is a punch, everything else is for the operator."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.devices.hikvision import parse_events

MULTIPART = "multipart/form-data; boundary=MIME_boundary"


def event(minor: int = 75, **more: Any) -> dict[str, Any]:
    told = {"majorEventType": 5, "subEventType": minor, "employeeNoString": "007", "serialNo": 91, **more}
    return {
        "ipAddress": "10.20.0.9",
        "dateTime": "2026-03-04T08:55:01+08:00",
        "eventType": "AccessControllerEvent",
        "AccessControllerEvent": told,
    }


def body(document: Any, name: str = "event_log") -> bytes:
    picture = b'--MIME_boundary\r\nContent-Disposition: form-data; name="Picture"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xffpassword'
    head = f'--MIME_boundary\r\nContent-Disposition: form-data; name="{name}"\r\nContent-Type: application/json\r\n\r\n'
    return head.encode() + json.dumps(document).encode() + b"\r\n" + picture + b"\r\n--MIME_boundary--\r\n"


@pytest.mark.parametrize(("minor", "verify"), [(75, 15), (38, 1), (1, 4)])
@pytest.mark.parametrize("name", ["event_log", "AccessControllerEvent"])
def test_who_was_let_in_is_a_punch_alone_or_beside_a_picture(minor: int, verify: int, name: str) -> None:
    alone = parse_events(json.dumps(event(minor)).encode(), "application/json")
    beside = parse_events(body(event(minor), name), MULTIPART)
    for push in (alone, beside):
        (one,) = push.punches
        assert (one.pin, one.time, one.status, one.verify) == ("007", datetime(2026, 3, 4, 8, 55, 1), 255, verify)
        assert "serialNo=91" in one.raw
        assert push.lines == 1


def test_a_time_counts_with_the_offset_that_it_carries() -> None:
    told = event() | {"dateTime": "2026-03-04T00:55:01+00:00"}
    (one,) = parse_events(json.dumps(told).encode(), "").punches
    assert one.time == datetime(2026, 3, 4, 8, 55, 1)


def test_the_button_that_somebody_pressed_is_kept() -> None:
    (one,) = parse_events(json.dumps(event(attendanceStatus="checkOut")).encode(), "").punches
    assert one.status == 1


@pytest.mark.parametrize(
    "told",
    [
        event(76),  # a face that was not known
        event(employeeNoString=""),
        event() | {"dateTime": "yesterday"},
        event() | {"dateTime": None},
        {"eventType": "AccessControllerEvent"},
        event(subEventType=None),
        event(majorEventType=3),
        event(majorEventType=None),
    ],
)
def test_what_lets_nobody_in_is_kept_for_the_operator(told: dict[str, Any]) -> None:
    push = parse_events(json.dumps(told).encode(), "application/json")
    assert (push.punches, [one.reason for one in push.rejected]) == ((), ["no_punch"])


@pytest.mark.parametrize("minor", [21, 22, 76])
@pytest.mark.parametrize("nobody", ["", None, " "])
def test_a_door_that_opens_or_a_face_that_nobody_knows_is_a_sign_of_life(minor: int, nobody: str | None) -> None:
    assert parse_events(json.dumps(event(minor, employeeNoString=nobody)).encode(), "application/json").lines == 0


def test_what_a_terminal_sold_in_china_writes_is_read() -> None:
    told = json.dumps(event(name="张三"), ensure_ascii=False).encode("gb18030")
    assert [one.pin for one in parse_events(told, "application/json").punches] == ["007"]
    unknown = json.dumps({"eventType": "门禁"}, ensure_ascii=False).encode("gb18030")
    assert ["门禁" in one.raw for one in parse_events(unknown, "application/json").rejected] == [True]
    assert parse_events(b"\xef\xbb\xbf" + json.dumps(event()).encode(), "").punches


def test_no_picture_is_kept_however_it_is_called() -> None:
    bytes_of_one = b"\x01\x02picture\x80"
    part = (
        b"--MIME_boundary\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes_of_one + b"\r\n--MIME_boundary--"
    )
    assert parse_events(part, MULTIPART).lines == 0
    assert parse_events(bytes_of_one, "application/octet-stream").lines == 0
    assert parse_events(b"\x89PNG\r\n", "").lines == 0
    assert parse_events(json.dumps(event()).encode(), "application/octet-stream").lines == 1


def test_signs_of_life_say_nothing_and_secrets_are_masked() -> None:
    assert parse_events(json.dumps({"eventType": "heartBeat"}).encode(), "").lines == 0
    secret = {"eventType": "AccessControllerEvent", "password": "s3cret", "IDCard": "11010119900307123X"}
    (one,) = parse_events(json.dumps(secret).encode(), "").rejected
    assert "s3cret" not in one.raw
    assert "11010119900307123X" not in one.raw


@given(
    st.binary(max_size=300), st.sampled_from(["", "application/json", MULTIPART, 'multipart/form-data; boundary=""'])
)
def test_any_bytes_are_taken(data: bytes, content_type: str) -> None:
    parse_events(data, content_type)


@given(st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda one: st.dictionaries(st.sampled_from(
    ["eventType", "dateTime", "AccessControllerEvent", "subEventType", "employeeNoString", "serialNo"]), one)))  # fmt: skip
def test_any_document_is_taken(document: Any) -> None:
    parse_events(json.dumps(document).encode(), "")
