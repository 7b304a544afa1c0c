"""Shifts in turn, daily time off, duties and balances of leave, over HTTP on a real database; each changes closed months at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.attendance.service import AttendanceService
from services.attendance.usecases import projections
from tests.component.attendance.conftest import BUREAU, WORKING, cycle, person, unit
from tests.component.attendance.desk import done, push, refused
from tests.support.databases import Databases
from tests.support.over_http import World, world_of

API = "/api/v1"
MONTH = [day for day in WORKING if f"{day:%Y-%m}" == "2026-03"]


@pytest.fixture
def world(database: Databases) -> Iterator[World]:
    with world_of(database, AttendanceService(), BUREAU) as made:
        with made.service.begin_handling([cycle()]) as session:
            projections.keep_units(session, [unit("D10", "division")])
            projections.keep_persons(session, [person("P1", "D10"), person("P2", "D10"), person("P3", "D10")])
            projections.keep_cycles(session, [cycle()])
        yield made


@pytest.fixture
def hr(world: World) -> FlaskClient:
    """HR, with a clock and P1 enrolled, and March closed: P1 came an hour late every day."""
    client = world.log_in("hr", "hr", "devices")
    client.post(f"{API}/devices", json={"serial": "CKJ1", "name": "大门"})
    client.post(f"{API}/enrolments", json={"enrolments": [{"pin": "1", "person": "P1"}]})
    push(world, *(f"{day} {time}" for day in MONTH for time in ("09:58:00", "17:01:00")))
    assert done(client, "attendance-months/2026-03/close")["persons"] == 1
    return client


def march(client: FlaskClient) -> Any:
    return client.get(f"{API}/attendance-months/2026-03/figures/P1").json


def test_nursing_time_given_after_the_close_takes_back_the_lateness_of_its_days(hr: FlaskClient) -> None:
    assert march(hr)["figures"]["late_early"]["late"] == str(len(MONTH))
    given = {"person": "P1", "starts": "2026-03-10", "ends": "2026-12-31", "arrive_later": 60}
    (allowance,) = done(hr, "daily-allowances", {"allowances": [given]})["allowances"]
    after = march(hr)
    assert after["figures"]["late_early"]["late"] == str(sum(day.day < 10 for day in MONTH))
    assert [one["cause"] for one in after["changes"]] == ["allowance"]
    ended = done(hr, f"daily-allowances/{allowance}/end", {"last": "2026-03-13", "revision": 1})
    assert (ended["ends"], ended["revision"]) == ("2026-03-13", 2)
    assert march(hr)["figures"]["late_early"]["late"] == str(sum(not 10 <= day.day <= 13 for day in MONTH))
    assert refused(hr, f"daily-allowances/{allowance}/end", {"last": "2026-03-20"}) == "allowance.end"
    assert refused(hr, f"daily-allowances/{allowance}/end", {"last": "2026-03-11", "revision": 1}) == "revision.stale"
    (listed,) = hr.get(f"{API}/daily-allowances?person=P1&from=2026-03-01&to=2026-03-31&limit=5").json["items"]
    assert (listed["kind"], listed["arrive_later"], listed["person_name"]) == ("nursing", 60, "P1")
    assert hr.get(f"{API}/daily-allowances?from=2026-04-01").json["items"] == []


def test_nobody_gives_time_off_or_a_duty_to_oneself_or_what_overlaps(world: World, hr: FlaskClient) -> None:
    mine = world.log_in("p3", "hr", person="P3")
    one = {"person": "P1", "starts": "2026-03-10", "ends": "2026-03-20", "arrive_later": 60}
    assert refused(mine, "daily-allowances", {"allowances": [one | {"person": "P3"}]}) == "attendance.forbidden"
    assert refused(mine, "duties", {"duties": [DUTY | {"person": "P3"}]}) == "attendance.forbidden"
    (duty,) = done(hr, "duties", {"duties": [DUTY | {"person": "P3"}]})["duties"]
    assert refused(mine, f"duties/{duty}/withdraw", {"revision": 1}) == "attendance.forbidden"
    exempt = {"person": "P3", "shift": None, "starts": "2026-03-02"}
    assert refused(mine, "shifts/assignments", {"assignments": [exempt]}) == "attendance.forbidden"
    after = one | {"starts": "2026-03-20", "ends": "2026-03-30"}
    assert refused(hr, "daily-allowances", {"allowances": [one, after]}) == "allowance.overlap"
    (given,) = done(hr, "daily-allowances", {"allowances": [one]})["allowances"]
    answer = hr.post(f"{API}/daily-allowances", json={"allowances": [after]})
    assert (answer.status_code, answer.json["code"]) == (409, "allowance.overlap")
    done(hr, f"daily-allowances/{given}/end", {"last": "2026-03-19", "revision": 1})
    done(hr, "daily-allowances", {"allowances": [after, one | {"person": "P2"}]})


def test_daily_time_off_that_allows_nothing_or_goes_to_nobody_is_refused(hr: FlaskClient) -> None:
    one = {"person": "P1", "starts": "2026-03-10", "ends": "2026-12-31", "arrive_later": 60}
    for wrong in ({"arrive_later": 0}, {"ends": "2026-03-09"}, {"leave_earlier": 200}, {"person": "NOBODY"}):
        assert refused(hr, "daily-allowances", {"allowances": [one | wrong]})
    unknown = "00000000-0000-7000-8000-000000000000"
    assert refused(hr, f"daily-allowances/{unknown}/end", {"last": "2026-03-13"}) == "allowance.unknown"


def test_who_works_in_turns_is_judged_by_them_and_by_the_bureaus_hours_after(world: World, hr: FlaskClient) -> None:
    done(hr, "shifts", {"shift": "day", "name": "白班", "spans": [[600, 1020]]})
    turn = {"person": "P1", "shift": None, "rotation": ["day", None], "starts": "2026-03-02", "ends": "2026-03-09"}
    done(hr, "shifts/assignments", {"assignments": [turn]})
    days = {one["day"]: one for one in march(hr)["detail"]["days"]}
    assert [day for day in days if day < "2026-03-11"] == [f"2026-03-{n:02}" for n in (2, 4, 6, 8, 10)]
    assert [days[f"2026-03-{n:02}"]["late"] for n in (2, 4, 10)] == [0, 0, 1]
    assert days["2026-03-08"]["halves"] == ["absent", "absent"], "a Sunday that was the person's turn"
    assert [one["cause"] for one in march(hr)["changes"]] == ["shift"]
    basis = {one["shift"]: one["days"] for one in march(hr)["detail"]["basis"]["shifts"]}
    assert basis["day"] == [f"2026-03-{n:02}" for n in (2, 4, 6, 8)]
    assert sorted([*basis["day"], *basis["standard"]]) == sorted(days)
    everybody, own = hr.get(f"{API}/shifts/assignments?total=true").json["items"]
    assert (everybody["person"], everybody["shift"], everybody["ends"]) == ("", "standard", None)
    assert (own["rotation"], own["ends"], own["shift"]) == (["day", None], "2026-03-09", None)
    staff = world.log_in("p2", "staff", person="P2")
    assert [one["person"] for one in staff.get(f"{API}/shifts/assignments").json["items"]] == [""]
    for wrong in ({"rotation": ["day"]}, {"shift": "day"}, {"rotation": [None, None]}, {"ends": "2026-03-01"}):
        assert refused(hr, "shifts/assignments", {"assignments": [turn | wrong]})
    assert refused(hr, "shifts/assignments", {"assignments": [turn | {"rotation": ["day", "x"]}]})


def balance(client: FlaskClient, kind: str, who: str = "P1", year: int = 2026) -> Any:
    (found,) = client.get(f"{API}/leave-balances?year={year}&person={who}").json["items"]
    return next(one["days"] for one in found["kinds"] if one["kind"] == kind)


DUTY = {"person": "P1", "name": "夜间值班", "from": "2026-03-11T18:00:00+08:00", "to": "2026-03-12T08:00:00+08:00"}
OFF = {"person": "P1", "kind": "compensatory", "first": "2026-03-13", "last": "2026-03-13"}


def test_a_duty_stood_gives_a_day_off_and_no_more_is_taken(world: World, hr: FlaskClient) -> None:
    assert refused(hr, "leaves", {"leaves": [OFF]}) == "leave.limit"
    (duty,) = done(hr, "duties", {"duties": [DUTY]})["duties"]
    assert refused(hr, "leaves", {"leaves": [OFF]}) == "leave.limit", "nobody pressed"
    wrong = hr.get(f"{API}/attendance-months/2026-03/anomalies?kind=duty_missed").json["anomalies"]
    assert [(one["person"], one["day"], one["detail"]) for one in wrong] == [("P1", "2026-03-11", "夜间值班")]
    push(world, "2026-03-11 18:04:00")
    (worked,) = march(hr)["detail"]["rest_days"]
    assert (worked["day"], worked["duty"], worked["earned"]) == ("2026-03-11", "夜间值班", "1")
    assert hr.get(f"{API}/attendance-months/2026-03/anomalies?kind=duty_missed").json["anomalies"] == []
    done(hr, "leaves", {"leaves": [OFF]})
    assert balance(hr, "compensatory") == {"limit": "1", "earned": "1", "taken": "1", "waiting": "0", "left": "0"}
    again = OFF | {"first": "2026-03-16", "last": "2026-03-16", "last_half": "am"}
    assert refused(hr, "leaves", {"leaves": [again]}) == "leave.limit"
    assert refused(hr, "duties", {"duties": [DUTY | {"to": "2026-03-11T19:00:00+08:00"}]}) == "duty.overlap"
    assert refused(hr, "duties", {"duties": [DUTY | {"to": "2026-03-11T17:00:00+08:00"}]})
    after_midnight = DUTY | {"from": "2026-03-12T02:00:00+08:00"}
    assert refused(hr, "duties", {"duties": [after_midnight]}) == "duty.overlap"
    assert done(hr, f"duties/{duty}/withdraw", {"revision": 1})["status"] == "withdrawn"
    assert march(hr)["detail"]["rest_days"] == []
    (listed,) = hr.get(f"{API}/duties?person=P1&status=withdrawn&from=2026-03-11&to=2026-03-11&limit=5").json["items"]
    assert (listed["name"], listed["revision"]) == ("夜间值班", 2)
    assert refused(hr, f"duties/{duty}/withdraw", {"revision": 2}) == "duty.withdrawn"


def test_going_home_late_stands_no_duty(world: World, hr: FlaskClient) -> None:
    night = DUTY | {"from": "2026-03-11T17:10:00+08:00"}
    done(hr, "duties", {"duties": [night]})
    assert march(hr)["detail"]["rest_days"] == []
    wrong = hr.get(f"{API}/attendance-months/2026-03/anomalies?kind=duty_missed").json["anomalies"]
    assert [(one["person"], one["day"]) for one in wrong] == [("P1", "2026-03-11")]


def test_a_holiday_worked_in_an_open_month_gives_days_off_at_once(world: World, hr: FlaskClient) -> None:
    push(world, "2026-05-02 08:50:00", "2026-05-02 12:30:00")
    assert balance(hr, "compensatory")["earned"] == "0.5"


def test_days_of_leave_are_set_for_one_person_and_counted_in_halves_and_hours(world: World, hr: FlaskClient) -> None:
    own = {"person": "P1", "year": "2026", "kind": "annual", "days": "1.5"}
    assert done(hr, "leave-entitlements", {"entitlements": [own]}) == {"set": 1}
    staff, head = world.log_in("p1", "staff", person="P1"), world.log_in("head3", person="P3", heads="D10")
    half = {"kind": "annual", "first": "2026-03-04", "last": "2026-03-04", "last_half": "am"}
    done(staff, "leaves/requests", {"leaves": [half]})
    hours = {"kind": "annual", "first": "2026-03-05", "last": "2026-03-05",
             "from": "2026-03-05T09:00:00+08:00", "to": "2026-03-05T11:00:00+08:00"}  # fmt: skip
    done(head, "leaves", {"leaves": [hours | {"person": "P1"}]})
    assert balance(staff, "annual") == {
        "limit": "1.5",
        "earned": "0",
        "taken": "0.25",
        "waiting": "0.5",
        "left": "0.75",
    }
    assert refused(
        staff, "leaves/requests", {"leaves": [half | {"first": "2026-03-09", "last": "2026-03-09", "last_half": "pm"}]}
    )
    assert balance(hr, "annual", "P2")["limit"] == "15"
    assert refused(hr, "leaves", {"leaves": [hours | {"person": "P1", "kind": "maternity"}]})
    assert refused(hr, "leave-entitlements", {"entitlements": [own | {"days": "0.3"}]})
    assert refused(hr, "leave-entitlements", {"entitlements": [own | {"person": "NOBODY"}]})
    mine = world.log_in("p3", "hr", person="P3")
    assert refused(mine, "leave-entitlements", {"entitlements": [own | {"person": "P3"}]}) == "attendance.forbidden"


def test_hours_of_new_years_day_that_are_of_the_night_shift_before_are_taken_from_the_year_before(
    hr: FlaskClient,
) -> None:
    done(hr, "shifts", {"shift": "night", "name": "夜班", "spans": [[18 * 60, 31 * 60]]})
    done(hr, "shifts/assignments", {"assignments": [{"person": "P1", "shift": "night", "starts": "2025-12-01"}]})
    done(
        hr, "leave-entitlements", {"entitlements": [{"person": "P1", "year": "2025", "kind": "annual", "days": "0.5"}]}
    )
    hours = {"person": "P1", "kind": "annual", "first": "2026-01-01", "last": "2026-01-01"}
    early = {"from": "2026-01-01T02:00:00+08:00", "to": "2026-01-01T05:00:00+08:00"}
    done(hr, "leaves", {"leaves": [hours | early]})
    assert (balance(hr, "annual", year=2025)["taken"], balance(hr, "annual")["taken"]) == ("0.38", "0")
    more = hours | {"from": "2026-01-01T05:00:00+08:00", "to": "2026-01-01T07:00:00+08:00"}
    assert refused(hr, "leaves", {"leaves": [more]}) == "leave.limit"


def test_hours_early_on_the_first_are_of_the_last_night_of_the_month_before(world: World, hr: FlaskClient) -> None:
    done(hr, "shifts", {"shift": "night", "name": "夜班", "spans": [[18 * 60, 31 * 60]]})
    done(hr, "shifts/assignments", {"assignments": [{"person": "P1", "shift": "night", "starts": "2026-03-31"}]})
    push(world, "2026-03-31 17:55:00", "2026-04-01 05:01:00")
    assert march(hr)["detail"]["days"][-1]["early"] == 1
    hours = {"person": "P1", "kind": "annual", "first": "2026-04-01", "last": "2026-04-01",
             "from": "2026-04-01T05:00:00+08:00", "to": "2026-04-01T07:00:00+08:00"}  # fmt: skip
    done(hr, "leaves", {"leaves": [hours]})
    assert march(hr)["detail"]["days"][-1]["early"] == 0


def test_balances_page_over_whom_one_may_see(world: World, hr: FlaskClient) -> None:
    first = hr.get(f"{API}/leave-balances?year=2026&unit=D10&limit=2").json
    assert [one["person"] for one in first["items"]] == ["P1", "P2"]
    rest = hr.get(f"{API}/leave-balances?year=2026&limit=2&after={first['next']}").json
    assert ([one["person"] for one in rest["items"]], rest["next"]) == (["P3"], None)
    staff = world.log_in("p2", "staff", person="P2")
    assert [one["person"] for one in staff.get(f"{API}/leave-balances?year=2026").json["items"]] == ["P2"]


def test_the_longest_leave_is_forwarded_by_hr_and_granted_by_a_leader(world: World, hr: FlaskClient) -> None:
    done(hr, "attendance-rules", {"rule": "hr_alone_days", "starts": "2026-04-01", "value": 5})
    staff, head = world.log_in("p1", "staff", person="P1"), world.log_in("head3", person="P3", heads="D10")
    leader = world.log_in("leader8", "leader", person="P8")
    long = {"kind": "annual", "first": "2026-04-07", "last": "2026-04-15"}
    (leave,) = done(staff, "leaves/requests", {"leaves": [long]})["leaves"]
    steps = [done(who, f"leaves/{leave}/decide", {"approve": True})["status"] for who in (head, hr, leader)]
    assert steps == ["endorsed", "forwarded", "approved"]
    assert refused(hr, "leaves", {"leaves": [long | {"person": "P2"}]}) == "leave.chain"
    (listed,) = hr.get(f"{API}/leaves?person=P1").json["items"]
    assert [one["step"] for one in listed["steps"]] == ["endorse", "forward", "approve"]


def test_who_is_back_before_the_hour_is_due_from_then_on(world: World, hr: FlaskClient) -> None:
    out = {"person": "P1", "kind": "outing", "first": "2026-03-16", "last": "2026-03-16",
           "from": "2026-03-16T09:00:00+08:00", "to": "2026-03-16T11:00:00+08:00"}  # fmt: skip
    (leave,) = done(hr, "leaves", {"leaves": [out]})["leaves"]
    late = march(hr)["figures"]["late_early"]["late"]
    for back in ("2026-03-16T11:00:00+08:00", "2026-03-16T09:00:00+08:00", None):
        body = {"last": "2026-03-16", **({"to": back} if back else {})}
        assert refused(hr, f"leaves/{leave}/end", body) == "leave.end"
    assert done(hr, f"leaves/{leave}/end", {"last": "2026-03-16", "to": "2026-03-16T09:30:00+08:00"})["revision"] == 2
    assert march(hr)["figures"]["late_early"]["late"] == str(int(late) + 1)
    (told,) = hr.get(f"{API}/leaves?person=P1").json["items"]
    assert (told["to"], told["steps"][0]["step"]) == ("2026-03-16T01:30:00+00:00", "return")
