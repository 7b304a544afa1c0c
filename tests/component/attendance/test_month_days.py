"""A month day by day while it is open, and what HR looks into."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from chinese_calendar.constants import holidays as national_holidays

from services.attendance.usecases import corrections, month_days
from services.attendance.usecases.anomalies import list_anomalies
from shared.clock import SHANGHAI
from shared.contracts.attendance import corrections as of_corrections
from shared.contracts.attendance import days as of_days
from shared.errors import Conflict, Forbidden
from shared.working_days import WorkingDays
from tests.component.attendance.conftest import Bureau, actor, present, register

STAFF = actor("staff", person="P1")


@pytest.fixture
def january(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """Noon of the eighth of January; P1 forgot to press in the evening of the seventh."""
    bureau.approve()
    bureau.enrol(p1="P1")
    bureau.push(("1", "2026-01-07 08:50:00"), ("1", "2026-01-08 08:55:00"))
    monkeypatch.setattr(month_days, "now", lambda: datetime(2026, 1, 8, 12, tzinfo=SHANGHAI))
    return bureau


def days(bureau: Bureau) -> dict[str, dict[str, Any]]:
    command = of_days.show_days.decode({"month": "2026-01", "person": "P1"})
    shown = bureau.do(month_days.show_days, command, by=STAFF)
    assert (shown["closed"], shown["unit_name"]) == (False, "D10")
    return {one["day"]: one for one in shown["days"]}


def test_each_day_tells_its_punches_how_it_was_judged_and_until_when_to_explain(january: Bureau) -> None:
    seventh = days(january)["2026-01-07"]
    assert [(one["point"], one["state"]) for one in seventh["points"]] == [("arrive", "ok"), ("depart", "missed")]
    assert seventh["points"][1]["explain_until"].isoformat() == "2026-01-12"
    assert [one["device"] for one in seventh["punches"]] == ["CKJ1"]
    assert days(january)["2026-01-04"]["halves"] == ["absent", "absent"]
    assert days(january)["2026-01-04"]["points"][0]["explain_until"] is None, "three working days are over"


def test_nothing_is_held_against_anyone_before_its_time(january: Bureau) -> None:
    told = days(january)
    assert ([one["state"] for one in told["2026-01-08"]["points"]], told["2026-01-08"]["missed"]) == (["ok", "due"], [])
    assert told["2026-01-09"]["halves"] == ["due", "due"]
    assert {one["state"] for one in told["2026-01-09"]["points"]} == {"due"}


def open_points(bureau: Bureau) -> list[tuple[str, str, str]]:
    found = bureau.do(month_days.list_open_points, {}, by=STAFF)["points"]
    return [(one["day"], one["point"], one["explain_until"].isoformat()) for one in found]


def test_who_missed_a_point_is_reminded_while_it_may_be_explained(
    january: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_points(january) == [("2026-01-07", "depart", "2026-01-12")]
    monkeypatch.setattr(month_days, "now", lambda: datetime(2026, 1, 8, 20, tzinfo=SHANGHAI))
    assert open_points(january)[1:] == [("2026-01-08", "depart", "2026-01-13")], "the same evening"
    monkeypatch.setattr(corrections, "now", lambda: datetime(2026, 1, 8, 20, tzinfo=SHANGHAI))
    one = {"person": "P1", "day": "2026-01-07", "point": "depart", "reason": "忘记打卡"}
    january.do(corrections.file_corrections, of_corrections.file_corrections.decode({"corrections": [one]}), by=STAFF)
    assert [day for day, _, _ in open_points(january)] == ["2026-01-08"]
    monkeypatch.setattr(month_days, "now", lambda: datetime(2026, 1, 14, 9, tzinfo=SHANGHAI))
    assert open_points(january) == []


def at(monkeypatch: pytest.MonkeyPatch, day: int, hour: int) -> None:
    moment = datetime(2026, 1, day, hour, tzinfo=SHANGHAI)
    monkeypatch.setattr(month_days, "now", lambda: moment)
    monkeypatch.setattr(corrections, "now", lambda: moment)


def explain(bureau: Bureau, day: int, point: str) -> None:
    one = {"person": "P1", "day": f"2026-01-{day:02}", "point": point, "reason": "忘记打卡"}
    bureau.do(corrections.file_corrections, of_corrections.file_corrections.decode({"corrections": [one]}), by=STAFF)


def test_who_forgot_this_morning_is_told_the_same_day_and_explains_before_the_next_punch(
    january: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 9, 14)
    told = days(january)["2026-01-09"]
    assert ([one["state"] for one in told["points"]], told["halves"], told["missed"]) == (
        ["missed", "due"],
        ["due", "due"],
        ["arrive"],
    )
    assert open_points(january)[1:] == [("2026-01-08", "depart", "2026-01-13"), ("2026-01-09", "arrive", "2026-01-14")]
    explain(january, 9, "arrive")
    assert [day for day, _, _ in open_points(january)] == ["2026-01-07", "2026-01-08"]


def test_who_has_not_come_yet_may_only_be_late(january: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month_days, "now", lambda: datetime(2026, 1, 9, 9, 20, tzinfo=SHANGHAI))
    assert ([one["state"] for one in days(january)["2026-01-09"]["points"]]) == ["due", "due"]


def test_a_day_that_ended_without_a_punch_has_nothing_to_explain(
    january: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, 9, 20)
    told = days(january)["2026-01-09"]
    assert (told["halves"], [one["explain_until"] for one in told["points"]]) == (["absent", "absent"], [None, None])
    assert "2026-01-09" not in [day for day, _, _ in open_points(january)]
    with pytest.raises(Conflict, match="nobody punched"):
        explain(january, 9, "arrive")


def test_who_pressed_at_noon_has_not_gone_home(january: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    january.push(("1", "2026-01-09 08:50:00"), ("1", "2026-01-09 12:00:00"))
    at(monkeypatch, 9, 13)
    told = days(january)["2026-01-09"]
    assert ([one["state"] for one in told["points"]], told["halves"], told["early"]) == (
        ["ok", "due"],
        ["present", "present"],
        0,
    )
    at(monkeypatch, 9, 20)
    assert days(january)["2026-01-09"]["halves"] == ["present", "absent"], "once the day is over it is held against one"


def test_whoever_explained_as_often_as_may_be_is_offered_no_more(
    january: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    january.push(*(("1", f"2026-01-{day:02} 08:50:00") for day in (9, 12)))
    at(monkeypatch, 12, 20)
    assert len(open_points(january)) == 4
    for day in (7, 8, 9):
        explain(january, day, "depart")
    assert open_points(january) == []


def test_a_point_of_the_last_days_of_a_year_may_be_explained_though_the_next_calendar_is_unknown() -> None:
    assert corrections.last_day(WorkingDays(), date(2026, 1, 7), 3) == date(2026, 1, 12)
    year = max(day.year for day in national_holidays)
    assert corrections.last_day(WorkingDays(), date(year, 12, 31), 3) == date(year, 12, 31)


def test_others_do_not_see_it(january: Bureau) -> None:
    command = of_days.show_days.decode({"month": "2026-01", "person": "P2"})
    with pytest.raises(Forbidden):
        january.do(month_days.show_days, command, by=STAFF)


def anomalies(bureau: Bureau, **given: str) -> set[tuple[str, str]]:
    command = of_days.list_anomalies.decode({"month": "2026-01", **given})
    found = bureau.do(list_anomalies, command)["anomalies"]
    return {(one["kind"], one["day"]) for one in found}


def test_hr_sees_what_looks_wrong(january: Bureau) -> None:
    january.approve("CKJ2", place="二楼")
    january.push(("1", "2026-01-07 08:50:00"), serial="CKJ2")
    january.push(("1", "2026-01-08 08:58:00"), serial="CKJ2")
    register(january, "P1", *(datetime(2026, 1, 8).date(),) * 2)
    found = anomalies(january)
    assert {("missed", "2026-01-07"), ("same_second", "2026-01-07"), ("far_apart", "2026-01-08")} <= found
    assert ("on_leave", "2026-01-08") in found
    assert anomalies(january, kind="same_second", person="P1", unit="D10") == {("same_second", "2026-01-07")}
    assert anomalies(january, unit="S01") == set()


def test_only_hr_and_auditors_look(january: Bureau) -> None:
    with pytest.raises(Forbidden):
        january.do(list_anomalies, of_days.list_anomalies.decode({"month": "2026-01"}), by=STAFF)


def test_a_month_of_somebody_who_was_there_has_nothing_wrong(january: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    present(january, "1", "2026-01")
    later = datetime(2026, 2, 2, 12, tzinfo=SHANGHAI) + timedelta(hours=1)
    monkeypatch.setattr(month_days, "now", lambda: later)
    assert anomalies(january) == set()


def test_passwords_for_weeks_are_seen_though_a_finger_came_before_or_after_and_a_month_ended_meanwhile(
    january: Bureau,
) -> None:
    january.push(*(("1", f"2026-01-{day} 12:00:00") for day in range(12, 18)), verify=3)
    assert "password" not in {kind for kind, _ in anomalies(january)}, "only some days"
    january.push(*(("1", f"2026-02-{day:02} 12:00:00") for day in range(1, 12)), verify=3)
    assert [day for kind, day in anomalies(january, month="2026-02") if kind == "password"] == ["2026-02-01"]
    january.push(("1", "2026-02-03 13:00:00"))
    assert [kind for kind, _ in anomalies(january, month="2026-02") if kind == "password"] == []


def test_a_run_of_passwords_goes_on_over_the_end_of_a_month(january: Bureau) -> None:
    january.push(*(("1", f"2026-01-{day} 23:00:00") for day in range(26, 32)), verify=3)
    january.push(*(("1", f"2026-02-{day:02} 12:00:00") for day in range(1, 5)), verify=3)
    assert ("password", "2026-02-01") in anomalies(january, month="2026-02")
