"""Enrolments come and go as sheets."""

import io
from typing import Any

from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.component.attendance.desk import API, done, hr, items, world
from tests.support.workbooks import book

__all__ = ["hr", "world"]


def imported(client: FlaskClient, data: bytes, name: str = "工号.xlsx") -> Any:
    return client.post(f"{API}/enrolments/sheet", data={"file": (io.BytesIO(data), name)})


def test_enrolments_come_as_a_sheet_all_or_none_and_each_wrong_row_is_named(hr: FlaskClient) -> None:
    head = ("人员编号", "姓名", "单位", "工号", "设备组", "起始日")
    wrong = book(
        ("指纹工号登记表",),
        head,
        ("P2", "P2", "", "007", "", ""),
        (),
        ("P9", "", "", "8", "", ""),
        ("P1", "张三", "", "9", "", ""),
    )
    answer = imported(hr, wrong)
    assert answer.status_code == 422
    assert [(one["row"], one["code"]) for one in answer.json["errors"]] == [(5, "person.unknown"), (6, "person.name")]
    taken = imported(hr, book(head, ("P2", "P2", "", "007", "", ""), ("P2", "", "", "1", "", "")))
    assert (taken.status_code, [one["row"] for one in taken.json["errors"]]) == (409, [3])
    assert len(items(hr, "enrolments")) == 1
    good = imported(hr, book(head, ("P2", "P2", "", "007", "S01", "2026/1/5"), ("P2", "P2", "", 12, "", "")))
    assert (good.status_code, good.json) == (201, {"enrolled": 2, "replayed": 0})
    told = {(one["pin"], one["device_group"], one["starts"]) for one in items(hr, "enrolments?person=P2")}
    assert told == {("007", "S01", "2026-01-05"), ("12", "", "1970-01-01")}
    assert imported(hr, b"a,b\n1,2\n", "x.csv").json["code"] == "sheet.headings"


def test_what_cannot_be_read_of_a_sheet_is_named_and_nobody_is_enrolled(hr: FlaskClient) -> None:
    head = ("人员编号", "工号", "起始日")
    answer = imported(hr, book(head, ("P2", "=A1", ""), ("P2", "8", "#REF!"), ("P2", "9", "")))
    assert (answer.status_code, answer.json["code"]) == (422, "sheet.faults")
    told = [(one["row"], one["field"], one["code"]) for one in answer.json["errors"]]
    assert told == [(2, "pin", "cell.formula"), (3, "starts", "cell.error")]
    broken = imported(hr, '人员编号,工号\nP2,"8\nP2,9\n'.encode(), "x.csv")
    assert [(one["row"], one["code"]) for one in broken.json["errors"]] == [(2, "sheet.quotes")]
    assert imported(hr, b"\xd0\xcf\x11\xe0", "x.xls").json["code"] == "sheet.old_office"
    assert len(items(hr, "enrolments")) == 1


def test_what_was_exported_is_imported_again_without_any_change(hr: FlaskClient) -> None:
    done(hr, "enrolments/end", {"enrolments": [{"pin": "1", "person": "P1", "last": "2026-06-30"}]})
    done(hr, "enrolments", {"enrolments": [{"pin": "1", "person": "P2", "starts": "2026-07-01"}]})
    answer = hr.get(f"{API}/enrolments/sheet")
    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [row[:4] for row in rows[1:]] == [("P1", "P1", "D10", "1"), ("P2", "P2", "S01", "1")]
    again = imported(hr, answer.data)
    assert (again.status_code, again.json) == (201, {"enrolled": 0, "replayed": 0})
