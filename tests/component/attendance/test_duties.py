"""Duties at the ends of a month: what is pressed for the work before or after them stands none."""

from flask.testing import FlaskClient

from tests.component.attendance.conftest import NIGHT
from tests.component.attendance.desk import done, push
from tests.component.attendance.test_allowances import API, DUTY, hr, march, world
from tests.support.over_http import World

__all__ = ["hr", "world"]


def test_coming_to_work_after_the_month_stands_no_duty_of_its_last_night(world: World, hr: FlaskClient) -> None:
    night = DUTY | {"from": "2026-03-31T18:00:00+08:00", "to": "2026-04-01T08:50:00+08:00"}
    done(hr, "duties", {"duties": [night]})
    push(world, "2026-04-01 08:55:00", "2026-04-01 17:01:00")
    assert march(hr)["detail"]["rest_days"] == [], "08:55 is the arrival of the day after"
    push(world, "2026-04-01 08:45:00")
    assert [one["earned"] for one in march(hr)["detail"]["rest_days"]] == ["1"]


def test_going_home_before_the_month_stands_no_duty_of_its_first_morning(world: World, hr: FlaskClient) -> None:
    done(hr, "shifts", NIGHT)
    turn = {"person": "P1", "starts": "2026-03-31", "shift": "night", "ends": "2026-03-31"}
    done(hr, "shifts/assignments", {"assignments": [turn]})
    done(hr, "duties", {"duties": [DUTY | {"from": "2026-04-01T07:00:00+08:00", "to": "2026-04-01T16:00:00+08:00"}]})
    push(world, "2026-03-31 17:58:00", "2026-04-01 07:02:00")
    april = hr.get(f"{API}/attendance-months/2026-04/days/P1").json
    assert april["rest_days"] == [], "07:02 is the way home after the night"
