"""What a clock counts, whom it has, and what it may not be told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.attendance.usecases import device_users, devices, projections, wall
from shared.actor import system
from shared.clock import today
from shared.errors import Problem
from shared.vocabulary.refusals import Refused
from tests.component.attendance.commanding import HERE, age, answer, listed, order, poll, tell_users
from tests.component.attendance.conftest import Bureau, person


def test_a_count_of_a_day_stands_beside_ours(bureau: Bureau) -> None:
    bureau.approve()
    bureau.push(("1", "2026-01-05 08:50:00"), ("1", "2026-01-05 17:10:00"), ("1", "2026-01-06 08:50:00"))
    order(bureau, "count", first="2026-01-05")
    (given,) = poll(bureau)
    answer(bureau, given["number"], counted=5, text="ID=1&Return=0&CMD=VERIFY SUM&AttlogSum=5")
    (row,) = listed(bureau)
    assert (row["counted"], row["ours"]) == (5, 2)


@pytest.mark.parametrize(
    ("first", "last"), [(None, None), ("2026-01-05", "2026-01-04"), ("2026-01-01", "2026-03-01"), (None, "2026-01-01")]
)
def test_days_that_no_clock_can_be_asked_for_are_refused(bureau: Bureau, first: str | None, last: str | None) -> None:
    bureau.approve()
    with pytest.raises(Refused):
        order(bureau, "fetch", first=first, last=last)


def test_days_to_come_are_refused(bureau: Bureau) -> None:
    bureau.approve()
    with pytest.raises(Refused):
        order(bureau, "fetch", first=(today() + timedelta(days=1)).isoformat())


def test_the_users_of_a_clock_are_held_against_the_staff(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(_1="P1", _2="P2")
    assert _users(bureau) == (None, [], [])
    order(bureau, "list_users")
    (given,) = poll(bureau)
    tell_users(bureau, ("1", "张三"), ("77", "访客"))
    answer(bureau, given["number"])
    listed_at, absent, strangers = _users(bureau)
    assert (listed_at is not None, absent, strangers) == (True, ["2"], ["77"])
    assert _wall(bureau) == (1, 1)
    assert order(bureau, "put_user")["ordered"] == 1
    assert order(bureau, "drop_user", pins=["77"])["ordered"] == 1
    put, drop = poll(bureau)
    assert (put["params"], drop["params"]) == ({"pin": "2", "name": "P2"}, {"pin": "77"})
    answer(bureau, put["number"])
    answer(bureau, drop["number"])
    assert (_users(bureau)[1:], _wall(bureau)) == (([], []), (0, 0))


def test_a_list_that_is_told_anew_forgets_who_is_no_longer_there(bureau: Bureau) -> None:
    bureau.approve()
    tell_users(bureau, ("77", "访客"))
    order(bureau, "list_users")
    (given,) = poll(bureau)
    tell_users(bureau, ("78", "访客"))
    answer(bureau, given["number"])
    assert _users(bureau)[2] == ["78"]


def test_nobody_who_has_the_pin_today_is_deleted_and_nobody_else_is_put(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(_1="P1")
    for kind, pin in (("drop_user", "1"), ("put_user", "2"), ("drop_user", "1\nC:9:SHELL rm")):
        with pytest.raises(Problem):
            order(bureau, kind, pins=[pin])
    with pytest.raises(Refused):
        order(bureau, "drop_user")
    assert listed(bureau) == []


def test_only_some_kinds_are_known_to_some_firmware(bureau: Bureau) -> None:
    bureau.approve()
    with bureau.sessions.begin(system("")) as session:
        told = {"serial": "CKJ1", "address": HERE, "info": "", "protocol": "hikvision"}
        devices.note_device(session, session.info["actor"], told)
    with pytest.raises(Refused):
        order(bureau, "info")


def test_an_answer_to_nothing_is_kept_for_the_operator(bureau: Bureau) -> None:
    bureau.approve()
    assert answer(bureau, 999, text="ID=999&Return=0&CMD=SHELL") == {"answered": 0}
    with bureau.sessions.engine.connect() as connection:
        kept = connection.execute(text("SELECT raw, reason FROM attendance.rejected_lines")).all()
    assert kept == [("devicecmd: ID=999&Return=0&CMD=SHELL", "command")]


def test_a_gap_tells_since_which_day(bureau: Bureau) -> None:
    bureau.approve()
    for held in (100, 100, 130):
        with bureau.sessions.begin(system("")) as session:
            sign = {"serial": "CKJ1", "address": HERE, "info": f"Ver 8,300,500,{held},10.0.0.9"}
            devices.note_device(session, session.info["actor"], sign)
    (clock,) = bureau.do(wall.show_wall, {})["devices"]
    assert (clock["missing"], clock["missing_since"]) == (30, today())


def _users(bureau: Bureau) -> tuple[Any, list[str], list[str]]:
    told = bureau.do(device_users.list_device_users, {"serial": "CKJ1"})
    return told["listed_at"], [one["pin"] for one in told["absent"]], [one["pin"] for one in told["strangers"]]


def _wall(bureau: Bureau) -> tuple[int, int]:
    (clock,) = bureau.do(wall.show_wall, {})["devices"]
    return clock["users_missing"], clock["strangers"]


def test_a_name_that_changed_while_the_first_was_given_is_given_too(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(_1="P1")
    order(bureau, "put_user")
    (first,) = poll(bureau)
    age(bureau, timedelta(days=1))
    before = listed(bureau)[0]["expires_at"]
    bureau.handle(projections.keep_persons, replace(person("P1", "D10", revision=2), name="张三丰"))
    assert order(bureau, "put_user", reason="改名")["standing"] == 1
    assert answer(bureau, first["number"]) == {"answered": 0}, "it is to the old name"
    (again,) = poll(bureau)
    assert (first["params"]["name"], again["params"]["name"]) == ("P1", "张三丰")
    (row,) = listed(bureau)
    assert (row["reason"], row["attempts"], row["expires_at"] > before) == ("改名", 1, True)
    answer(bureau, again["number"])
    assert (listed(bureau)[0]["status"], poll(bureau)) == ("done", [])


def test_who_has_no_finger_on_the_clock_is_listed_until_it_tells_one_or_one_is_pressed(bureau: Bureau) -> None:
    bureau.approve()
    bureau.enrol(_1="P1", _2="P2", _9="P9")
    order(bureau, "list_users")
    (given,) = poll(bureau)
    tell_users(bureau, ("1", "张三"), ("2", "李四"))
    assert _unverified(bureau) == [], "nobody knows whom the clock has"
    answer(bureau, given["number"])
    assert _unverified(bureau) == ["1", "2"], "9 is no user of it"
    tell_users(bureau, biometric=("1",))
    bureau.push(("2", "2026-01-07 08:50:00"), verify=3)
    assert _unverified(bureau) == ["2"], "a password is no finger"
    bureau.push(("2", "2026-01-08 08:50:00"), verify=15)
    assert (_unverified(bureau), _users(bureau)[2]) == ([], [])
    tell_users(bureau, biometric=("77",))
    assert _users(bureau)[2] == ["77"], "who has a finger on it is a user of it"


def _unverified(bureau: Bureau) -> list[str]:
    found = bureau.do(device_users.list_device_users, {"serial": "CKJ1"})
    return [one["pin"] for one in found["unverified"]]
