"""What once cost people points, as it is seen at the desk: each was a fault of the system and no fault of theirs.

The bureau's hours are 09:00 to 17:00; where they are divided by noon, 08:30 to 12:00 and 14:00 to 17:30.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.attendance.usecases import closing, projections
from shared.clock import SHANGHAI
from shared.events.targets import Assignment
from tests.component.attendance.conftest import person
from tests.component.attendance.desk import ABSENT, API, MARCH, done, hr, items, push, refused, world
from tests.support.over_http import World

__all__ = ["hr", "world"]

DIVIDED = {"shift": "divided", "name": "机关班", "spans": [[510, 720], [840, 1050]]}
GOOD = (["present", "present"], 0, 0, [])
QUIET = ABSENT[0]  # nobody pressed on it


def judged(client: FlaskClient, day: date = QUIET) -> tuple[Any, ...]:
    told = client.get(f"{API}/attendance-months/{day:%Y-%m}/days/P1").json["days"]
    (found,) = [one for one in told if one["day"] == day.isoformat()]
    return found["halves"], found["late"], found["early"], found["missed"]


def figures(client: FlaskClient, month: str = "2026-03") -> dict[str, Any]:
    (found,) = items(client, f"attendance-months/{month}/figures?layer=person&q=P1")
    told: dict[str, Any] = found["figures"]
    return told


def explained(day: date, point: str, at: date) -> dict[str, Any]:
    row = {"person": "P1", "day": day.isoformat(), "point": point, "reason": "忘记", "at": f"{at}T18:00:00+08:00"}
    return {"corrections": [row]}


def away(kind: str, first: date, last: date, **hours: str) -> dict[str, Any]:
    return {"leaves": [{"person": "P1", "kind": kind, "first": first.isoformat(), "last": last.isoformat(), **hours}]}


def outing(day: date, starts: str, ends: str) -> dict[str, Any]:
    return away("outing", day, day, **{"from": f"{day}T{starts}+08:00", "to": f"{day}T{ends}+08:00"})


def test_a_month_that_is_not_over_is_not_closed(hr: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "today", lambda: MARCH[-1])
    answer = hr.post(f"{API}/attendance-months/2026-03/close")
    assert (answer.status_code, answer.json["code"]) == (409, "month.open")
    assert items(hr, "attendance-months") == []


def test_a_punch_ahead_of_its_receipt_does_not_count(world: World, hr: FlaskClient) -> None:
    ahead = (datetime.now(SHANGHAI) + timedelta(days=26)).replace(microsecond=0)
    before = len(items(hr, "punches?person=P1&limit=500"))
    push(world, f"{ahead:%Y-%m-%d %H:%M:%S}")
    assert len(items(hr, "punches?person=P1&limit=500")) == before
    (doubted,) = items(hr, "punches?state=suspect")
    assert (datetime.fromisoformat(doubted["time"]), doubted["reason"]) == (ahead, "in_future")


def test_only_a_missed_point_of_a_past_working_day_is_explained(hr: FlaskClient) -> None:
    saturday, coming, left = date(2026, 3, 7), MARCH[-1], MARCH[1]
    for row, code in (
        (explained(coming, "depart", coming - timedelta(days=4)), "correction.future"),
        (explained(saturday, "depart", saturday), "correction.rest_day"),
        (explained(left, "noon_in", left), "correction.point"),
        (explained(left, "arrive", left), "correction.met"),
        (explained(QUIET, "arrive", QUIET), "correction.absent"),
    ):
        assert refused(hr, "corrections", row) == code
    assert done(hr, "corrections", explained(left, "depart", left)) == {"filed": 1}


@pytest.mark.parametrize("noon", [("12:05", "12:40"), ("13:10", "13:40")])
def test_both_punches_of_noon_on_one_side_of_it_miss_no_point(
    world: World, hr: FlaskClient, noon: tuple[str, str]
) -> None:
    done(hr, "shifts", DIVIDED)
    done(hr, "shifts/assignments", {"assignments": [{"shift": "divided", "starts": QUIET.isoformat()}]})
    push(world, *(f"{QUIET} {time}:00" for time in ("08:25", *noon, "17:35")))
    assert judged(hr) == GOOD


@pytest.mark.parametrize("times", [("08:50", "09:06"), ("08:50",)])
def test_who_pressed_in_the_morning_only_missed_going_and_was_there(
    world: World, hr: FlaskClient, times: tuple[str, ...]
) -> None:
    push(world, *(f"{QUIET} {time}:00" for time in times))
    assert judged(hr) == (["present", "present"], 0, 0, ["depart"])


def test_an_explained_departure_stands_for_going_home_in_time(world: World, hr: FlaskClient) -> None:
    push(world, f"{QUIET} 08:58:00", f"{QUIET} 12:30:00")
    assert judged(hr)[0] == ["present", "absent"]
    done(hr, "corrections", explained(QUIET, "depart", QUIET))
    assert judged(hr) == GOOD


def test_an_outing_excuses_its_own_hours_and_no_more(world: World, hr: FlaskClient) -> None:
    minute, half_hour, short = ABSENT[:3]
    done(hr, "leaves", outing(minute, "09:00:00", "09:01:00"))
    assert judged(hr, minute) == (["absent", "absent"], 0, 0, [])
    for day, came, expected in (
        (half_hour, "12:50:00", (["absent", "present"], 0, 0, [])),
        (short, "09:50:00", (["present", "present"], 1, 0, [])),
    ):
        done(hr, "leaves", outing(day, "09:00:00", "09:30:00"))
        push(world, f"{day} {came}", f"{day} 17:02:00")
        assert judged(hr, day) == expected


def test_a_last_day_told_after_the_close_takes_back_what_came_after_it_and_frees_the_number(
    world: World, hr: FlaskClient
) -> None:
    done(hr, "attendance-months/2026-04/close")
    april = figures(hr, "2026-04")
    assert april["absence"]["absent"] != "0"
    gone = Assignment("D10", "all", "X01", head=False, starts=date(2020, 1, 1), ends=MARCH[-1])
    with world.service.begin_handling([]) as session:
        projections.keep_persons(session, [person("P1", "D10", moves=[gone], revision=2)])
    assert figures(hr, "2026-04")["absence"]["absent"] == "0"
    assert done(hr, "enrolments", {"enrolments": [{"pin": "1", "person": "P2"}]})["enrolled"] == 1


def test_no_secret_is_stored_or_listed_whatever_table_it_came_under(world: World, hr: FlaskClient) -> None:
    template, number = "TE1" * 40, "110105194912310025"
    push(world, "USER PIN=9\tName=A\tPri=0\tPasswd=hunter2hunter2\tCard=", f"FP PIN=9\tFID=1\tSize=120\tTMP={template}")
    body = f"1\t{QUIET} 08:50:00\t255\t1\t{number}\n".encode()
    assert world.app.test_client().post("/iclock/cdata?SN=CKJ1&table=ATTLOG", data=body).data == b"OK: 1"
    told = [hr.get(f"{API}/{path}?limit=500").text for path in ("punches/rejected", "punches")]
    assert all(len(one) > 100 for one in told)
    with world.service.engine.connect() as connection:
        kept = [f"SELECT raw FROM attendance.{table}" for table in ("rejected_lines", "punches", "suspect_punches")]
        told += [str(connection.exec_driver_sql(one).all()) for one in kept]
    assert not [secret for secret in ("hunter2hunter2", template, number) for one in told if secret in one]
    assert judged(hr)[0] == ["present", "present"], "the punch beside the number counts"


def test_a_time_without_seconds_counts(world: World, hr: FlaskClient) -> None:
    push(world, f"{QUIET} 08:50:00", f"{QUIET} 17:40")
    assert judged(hr) == GOOD


def test_the_same_leave_is_given_once_and_no_more_of_it_than_a_year_has(hr: FlaskClient) -> None:
    week = away("annual", ABSENT[0], ABSENT[-1])
    done(hr, "leaves", week)
    assert refused(hr, "leaves", week) == "leave.overlap"
    assert refused(hr, "leaves", away("annual", date(2026, 1, 1), date(2026, 12, 31))) in (
        "leave.overlap",
        "leave.limit",
    )
    assert refused(hr, "leaves", away("annual", date(2026, 4, 1), date(2026, 12, 31))) == "leave.limit"


def test_a_holiday_worked_stands_in_the_month_with_the_day_off_that_it_gives(world: World, hr: FlaskClient) -> None:
    push(world, "2026-09-26 08:50:00", "2026-09-26 17:05:00")
    told = hr.get(f"{API}/attendance-months/2026-09/days/P1").json["rest_days"]
    assert [(one["day"], one["earned"]) for one in told] == [("2026-09-26", "1")]
    done(hr, "attendance-months/2026-09/close")
    detail = hr.get(f"{API}/attendance-months/2026-09/figures/P1").json["detail"]
    assert [(one["day"], one["earned"]) for one in detail["rest_days"]] == [("2026-09-26", "1")]
