"""The month sheet and who signs it; a year's absence against the limits."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from services.attendance.usecases import judged, projections
from shared.events.targets import Assignment
from tests.component.attendance.conftest import WORKING, cycle, person
from tests.component.attendance.desk import ABSENT, API, MARCH, done, hr, items, push, refused, world
from tests.support.over_http import World
from tests.support.pdf_text import pages

__all__ = ["hr", "world"]


def sheet(client: FlaskClient) -> Any:
    (line,) = items(client, "attendance-months/2026-03/sheet?unit=D10&limit=5")
    return line


def seen(client: FlaskClient, asked: str) -> Any:
    answer = client.get(f"{API}/attendance-months/2026-03/{asked}")
    assert answer.status_code == 200, answer.json
    return answer.json


def test_nobody_is_held_to_a_day_before_it_is_over_nor_who_has_no_pin(
    hr: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged, "today", lambda: ABSENT[1])
    study = {"kind": "study", "name": "学习", "opens_at": f"{MARCH[-1]}T14:00:00+08:00",
             "closes_at": f"{MARCH[-1]}T15:00:00+08:00", "everyone": True}  # fmt: skip
    done(hr, "gatherings", {"gatherings": [study]})
    line = sheet(hr)
    over = [day for day in MARCH if day < ABSENT[1]]
    assert [line[name] for name in ("due", "attended", "absent")] == [str(len(over)), str(len(over) - 1), "1"]
    assert [one["person"] for one in items(hr, "attendance-months/2026-03/sheet")] == ["P1"], "P2 has no PIN"
    assert items(hr, "attendance-years/2026/absences?person=P2")[0]["absent"] == "0"


def test_a_months_line_has_a_mark_a_day_and_the_totals(hr: FlaskClient) -> None:
    for closed in (False, True):
        if closed:
            done(hr, "attendance-months/2026-03/close")
        line = sheet(hr)
        assert [line["marks"][f"{day:%d}"] for day in (*MARCH[:3], ABSENT[0])] == ["迟", "漏", "√", "旷"]
        assert len(line["marks"]) == len(MARCH)
        totals = [line[name] for name in ("due", "attended", "late", "early", "missed", "absent")]
        assert totals == [str(len(MARCH)), str(len(MARCH) - 4), "1", "0", "1", "4"]
        assert line["revision"] == int(closed)


def test_a_month_is_signed_by_person_head_and_hr_and_signed_anew_where_it_changes(
    world: World, hr: FlaskClient
) -> None:
    staff, head = world.log_in("p1", "staff", person="P1"), world.log_in("head8", person="P8", heads="D10")
    sign = {"persons": ["P1"], "standing": "person"}
    assert refused(staff, "attendance-months/2026-03/sign", sign) == "month.open"
    done(hr, "attendance-months/2026-03/close")
    for client, standing in ((staff, "person"), (head, "head"), (hr, "hr")):
        assert done(client, "attendance-months/2026-03/sign", sign | {"standing": standing}) == {"signed": 1}
    for client, standing in ((staff, "head"), (head, "person"), (head, "hr"), (hr, "head")):
        assert (
            refused(client, "attendance-months/2026-03/sign", sign | {"standing": standing}) == "attendance.forbidden"
        )
    own = world.log_in("own", "hr", person="P1")
    assert refused(own, "attendance-months/2026-03/sign", sign | {"standing": "hr"}) == "attendance.forbidden"
    assert [(one["standing"], one["stale"]) for one in sheet(hr)["signatures"]] == [
        ("person", False), ("head", False), ("hr", False),
    ]  # fmt: skip
    push(world, f"{MARCH[1]} 17:02:00")
    assert {one["stale"] for one in sheet(hr)["signatures"]} == {True}
    done(staff, "attendance-months/2026-03/sign", sign)
    assert [one["stale"] for one in sheet(staff)["signatures"]].count(False) == 1
    assert refused(hr, "attendance-months/2026-03/sign", {"persons": ["P2"], "standing": "hr"})


def test_the_sheet_is_printed_as_a_workbook_and_as_a_page(world: World, hr: FlaskClient) -> None:
    done(hr, "attendance-months/2026-03/close")
    done(hr, "attendance-months/2026-03/sign", {"persons": ["P1"], "standing": "hr"})
    answer = hr.get(f"{API}/attendance-months/2026-03/sheet/file?unit=D10")
    assert answer.status_code == 200
    page = load_workbook(io.BytesIO(answer.data)).active
    assert page is not None
    head, line = page.iter_rows(values_only=True)
    assert (page.page_setup.orientation, page.page_setup.fitToHeight, page.print_title_rows) == (
        "landscape",
        0,
        "$1:$1",
    )
    assert "D10 2026 年 3 月考勤表　已月结　共 1 人" in page.oddHeader.center.text
    told = dict(zip(head, line, strict=True))
    assert (told["姓名"], told[str(MARCH[0].day)], told["迟到（次）"], told["旷工（天）"]) == ("P1", "迟", "1", "4")
    assert (told["人事科签字"], told["本人签字"]) == ("hr", None)
    paper = hr.get(f"{API}/attendance-months/2026-03/sheet/file?unit=D10&format=pdf")
    assert (paper.status_code, paper.mimetype) == (200, "application/pdf")
    text = "".join(pages(paper.data))
    for word in ("2026 年 3 月考勤表", "P1", "旷", "本人签字", "部门负责人（签字）", "人事科（签字）：hr"):
        assert word.replace(" ", "") in text.replace(" ", "").replace("\n", "")
    assert "P2" not in text
    staff = world.log_in("p2", "staff", person="P2")
    assert [one["person"] for one in items(staff, "attendance-months/2026-03/sheet")] == []


def test_a_sheet_of_nobody_is_not_told_to_be_closed(world: World, hr: FlaskClient) -> None:
    done(hr, "attendance-months/2026-03/close")
    asked = "attendance-months/2026-03/sheet/file?format=pdf"
    whole = hr.get(f"{API}/{asked}&unit=D10")
    none = world.log_in("p2", "staff", person="P2").get(f"{API}/{asked}")
    assert ["已月结" in "".join(pages(one.data)) for one in (whole, none)] == [True, False]
    assert "尚未月结" in "".join(pages(none.data))


def test_a_years_absence_is_measured_against_the_limits(world: World, hr: FlaskClient) -> None:
    for close in (False, True):
        if close:
            done(hr, "attendance-months/2026-03/close")
        (found,) = items(hr, "attendance-years/2026/absences?person=P1")
        absent = {day for day in WORKING if day.isoformat() < "2026-11-30" and f"{day:%m}" != "03"} | set(ABSENT)
        assert Decimal(found["absent"]) >= len(absent)
        assert set(found["limits"]) == {"bars_running", "bars_year", "dismissal_running", "dismissal_year", "half_year"}
    assert [one["person"] for one in items(hr, "attendance-years/2026/absences?over=true&unit=D10&limit=1")] == ["P1"]
    staff = world.log_in("p1", "staff", person="P1")
    assert staff.get(f"{API}/attendance-years/2026/absences").status_code == 403
    done(hr, "attendance-rules", {"rule": "dismissal_year", "starts": "2026-12-31", "value": 366})
    assert "dismissal_year" not in items(hr, "attendance-years/2026/absences?person=P1")[0]["limits"]


def test_what_being_late_so_often_counts_as_is_absence_in_the_month_and_in_the_year(hr: FlaskClient) -> None:
    (before,) = items(hr, "attendance-years/2026/absences?person=P1")
    done(hr, "attendance-rules", {"rule": "lates_per_half_day", "starts": "2026-03-01", "value": 1})
    for closed in (False, True):
        if closed:
            done(hr, "attendance-months/2026-03/close")
        line = sheet(hr)
        assert (line["late"], line["absent"], line["attended"]) == ("1", "4.5", str(len(MARCH) - 4))
        (after,) = items(hr, "attendance-years/2026/absences?person=P1")
        assert Decimal(after["absent"]) == Decimal(before["absent"]) + Decimal("0.5")
        assert (after["running"], after["away"]) == (before["running"], before["away"]), "who is late is there"


def test_the_head_of_the_unit_at_the_months_end_signs_for_somebody_who_moved(world: World, hr: FlaskClient) -> None:
    moves = [
        Assignment("D10", "all", "X01", head=False, starts=date(2020, 1, 1), ends=date(2026, 4, 5)),
        Assignment("S01", "all", "X02", head=False, starts=date(2026, 4, 6), ends=None),
    ]
    with world.service.begin_handling([cycle()]) as session:
        projections.keep_persons(session, [person("P1", "S01", moves=moves, revision=2)])
    before, after = world.log_in("head8", person="P8", heads="D10"), world.log_in("head9", person="P9", heads="S01")
    staff = world.log_in("p1", "staff", person="P1")
    assert sheet(before)["may"] == [], "the month is open"
    done(hr, "attendance-months/2026-03/close")
    for client, standings in ((before, ["head"]), (after, []), (staff, ["person"]), (hr, ["hr"])):
        assert sheet(client)["may"] == standings
        assert seen(client, "days/P1")["person"] == seen(client, "figures/P1")["subject"] == "P1"
        assert [one["subject"] for one in items(client, "attendance-months/2026-03/figures?q=P1")] == ["P1"]
        for standing in ("person", "head", "hr"):
            asked = {"persons": ["P1"], "standing": standing}
            if standing in standings:
                assert done(client, "attendance-months/2026-03/sign", asked) == {"signed": 1}
            else:
                assert refused(client, "attendance-months/2026-03/sign", asked) == "attendance.forbidden"
