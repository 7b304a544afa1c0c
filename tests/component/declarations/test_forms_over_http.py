"""The five forms over HTTP: shown, filled in offline as an office would, sent back, printed."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from gateway.api import forms
from gateway.paper.printing import printed
from services.declarations.storage import projections
from tests.component.declarations.bureau import ratio
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.sheets import BOOK, REVIEW, blank, edited, exported, faults, filled
from tests.component.declarations.states import CYCLE, attendance

pytestmark = pytest.mark.usefixtures("made_here")


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def test_a_form_shows_every_item_of_the_period_with_its_quantities(bureau):
    bureau.inner.declare("PS", ratio("3", remark="三次"))
    shown = bureau.get("HS", REVIEW).json
    assert (shown["title"], shown["name"], shown["fillable"]) == ("工作绩效核评表", "HS某", True)
    shown = bureau.get("HS", f"{REVIEW}&subject=PS").json
    assert (shown["name"], shown["unit_name"], shown["fillable"]) == ("PS某", "S01某", False)
    rows = {row["indicator"]: row for row in shown["rows"]}
    assert set(rows) == {"01-01-01", "02-01-01", "06-06-06", "08-01-01"}
    assert (rows["01-01-01"]["status"], rows["01-01-01"]["remark"]) == ("declared", "三次")
    assert [one["key"] for one in rows["08-01-01"]["quantities"]] == ["numerator", "denominator"]
    assert rows["08-01-01"]["status"] is None


def test_a_draft_is_seen_by_its_own_only(bureau):
    bureau.inner.declare("PS", ratio("3"), draft=True)
    assert [row["status"] for row in bureau.get("PS", REVIEW).json["rows"]].count("draft") == 1
    assert [row["status"] for row in bureau.get("HS", f"{REVIEW}&subject=PS").json["rows"]].count("draft") == 0


def test_a_form_is_not_everybodys_to_see(bureau):
    assert bureau.get("QS", f"{REVIEW}&subject=PS").status_code == 403
    assert bureau.get("PS", "forms/review?cycle=2026&period=2026-M77").status_code == 422
    assert bureau.get("PS", "forms/nothing?cycle=2026&period=2026-M01").status_code == 404


def test_a_sheet_filled_in_offline_is_tried_then_declared_and_sent_again_changes_nothing(bureau):
    book = filled(
        blank(bureau),
        ("01-01-01|done", "declared", 3),
        ("01-01-01|done", "remark", "现场检查三户"),
        ("01-01-01|done", "evidence", "检查记录\n照片两张"),
        ("06-06-06|done", "declared", "2.5"),
    )
    tried = bureau.send_back("PS", f"{BOOK}&dry_run=true", book).json
    assert tried == {"applied": False, "changed": 2, "unchanged": 0, "errors": []}
    assert bureau.inner.count("declaration") == 0
    assert bureau.inner.rows("SELECT * FROM declarations.outbox") == []
    done = bureau.send_back("PS", BOOK, book).json
    assert done == {"applied": True, "changed": 2, "unchanged": 0, "errors": []}
    items = bureau.get("PS", f"declarations?cycle={CYCLE}").json["items"]
    declared = sorted(items, key=lambda one: str(one["indicator"]))  # ids of one millisecond come in any order
    assert [(one["indicator"], one["status"], one["counts"]) for one in declared] == [
        ("01-01-01", "declared", {"done": "3"}),
        ("06-06-06", "declared", {"done": "2.5"}),
    ]
    assert declared[0]["evidence"] == ["检查记录", "照片两张"]
    again = bureau.send_back("PS", BOOK, book).json
    assert again == {"applied": True, "changed": 0, "unchanged": 2, "errors": []}
    assert [one["revision"] for one in bureau.get("PS", f"declarations?cycle={CYCLE}").json["items"]] == [1, 1]


def test_a_sheet_is_kept_as_drafts_and_declared_later(bureau):
    book = filled(blank(bureau), ("01-01-01|done", "declared", 3))
    assert bureau.send_back("PS", f"{BOOK}&draft=true", book).json["changed"] == 1
    assert bureau.send_back("PS", f"{BOOK}&draft=true", book).json["unchanged"] == 1
    assert bureau.send_back("PS", BOOK, blank(bureau)).json["changed"] == 1
    assert bureau.get("PS", f"declarations?cycle={CYCLE}").json["items"][0]["status"] == "declared"


def test_what_is_declared_already_is_not_overwritten_by_a_sheet(bureau):
    book = blank(bureau)
    bureau.inner.declare("PS", ratio("3"))
    answer = bureau.send_back("PS", BOOK, filled(book, ("01-01-01|done", "declared", 4)))
    assert faults(answer) == [(7, "编码", "form.declared_already")]


def test_a_machines_figure_comes_filled_in_and_another_needs_a_remark(bureau):
    bureau.inner.handle(
        projections.keep_figures,
        attendance("PS", "2026-01", {"late_early": {"late": "2", "early": "0"}}),
        source="attendance",
    )
    book = blank(bureau)
    assert bureau.send_back("PS", f"{BOOK}&dry_run=true", book).json["changed"] == 1
    answer = bureau.send_back("PS", BOOK, filled(book, ("02-01-01|late", "declared", 0)))
    assert [(column, code) for _, column, code in faults(answer)] == [("说明", "remark.required")]


def test_every_fault_has_its_row_and_column_and_nothing_is_taken(bureau):
    book = filled(
        exported(bureau),
        ("01-01-01|done", "declared", "三"),
        ("08-01-01|numerator", "declared", "=1+1"),
        ("08-01-01|denominator", "declared", 10),
    )
    found = faults(bureau.send_back("PS", BOOK, book))
    assert sorted((column, code) for _, column, code in found) == [
        ("申报数量", "cell.formula"),
        ("申报数量", "cell.number"),
    ]
    told = (("01-01-01|done", "declared", 3), ("08-01-01|denominator", "declared", 10))
    book = filled(blank(bureau), *told, ("08-01-01|numerator", "remark", "机器漏计"))
    ((row, column, code),) = faults(bureau.send_back("PS", BOOK, book))
    assert (column, code) == ("申报数量", "counts.missing")
    assert load_workbook(BytesIO(book)).worksheets[0].cell(row, 1).value == "08-01-01|numerator"
    assert bureau.inner.count("declaration") == 0


def test_a_sheet_of_another_period_person_or_form_is_refused(bureau):
    book = filled(blank(bureau), ("01-01-01|done", "declared", 3))
    other = f"forms/review/workbook?cycle={CYCLE}&period=2026-M02"
    assert faults(bureau.send_back("PS", other, book)) == [(0, "", "form.other_period")]
    assert faults(bureau.send_back("QS", BOOK, book)) == [(0, "", "form.other_subject")]
    order = f"forms/accountability/workbook?cycle={CYCLE}&period=2026-M01"
    assert faults(bureau.send_back("PS", order, book)) == [(0, "", "form.other_form")]
    answer = bureau.send_back("HS", f"{BOOK}&subject=PS", book)
    assert (answer.status_code, answer.json["code"]) == (409, "form.not_yours")


def test_a_sheet_survives_what_offices_do_to_it(bureau):
    def work_on(opened: Any) -> None:
        page = opened.worksheets[0]
        page.protection.sheet = False
        page.insert_cols(4)
        page.insert_rows(3)
        page.title = "张三的表"
        opened.create_sheet("备注", 0)["A1"] = "自己的笔记"
        opened.active = 0

    book = filled(blank(bureau), ("01-01-01|done", "declared", 3))
    assert bureau.send_back("PS", BOOK, edited(book, work_on)).json["changed"] == 1


def test_what_is_no_filled_in_sheet_is_told_so(bureau):
    book = blank(bureau)
    sent = {
        "sheet.format": b"not a workbook",
        "sheet.unreadable": b"PK\x03\x04 broken",
        "form.not_ours": edited(book, lambda one: one.remove(one["kaohe"])),
        "form.columns": edited(book, lambda one: one.worksheets[0].delete_cols(10)),
        "sheet.empty": book,
    }
    for code, content in sent.items():
        assert [one[2] for one in faults(bureau.send_back("PS", BOOK, content))] == [code]
    headless = edited(book, lambda one: one.worksheets[0].delete_rows(5))
    assert [one[2] for one in faults(bureau.send_back("PS", BOOK, headless))] == ["form.not_ours"]


def test_contributions_are_put_forward_by_a_sheet_once(bureau):
    path = f"forms/contribution/workbook?cycle={CYCLE}&period=2026-H1"
    book = filled(
        exported(bureau, path),
        ("new", "indicator", "11-01-03 指标11-01-03"),
        ("new", "level", "国家级"),
        ("new", "title", "先进集体"),
        ("new", "effect", "全国表彰"),
        ("new", "proof", "证书"),
    )
    assert bureau.send_back("PS", path, book).json["changed"] == 1
    assert bureau.send_back("PS", path, book).json == {"applied": True, "changed": 0, "unchanged": 1, "errors": []}
    shown = bureau.get("PS", f"forms/contribution?cycle={CYCLE}&period=2026-H1").json["rows"]
    assert [(row["title"], row["level"], row["status"]) for row in shown] == [("先进集体", "national", "declared")]
    spoiled = filled(book, ("new", "level", "宇宙级"))
    assert [code for _, _, code in faults(bureau.send_back("PS", path, spoiled))] == ["form.level"]


def test_task_orders_are_answered_by_a_sheet(bureau):
    order = {
        "indicator": "03-01-01", "period": "2026-M01", "title": "专项检查", "standard": "月底前", "deadline": "2026-12-31",
        "subjects": ["PS"],
    }  # fmt: skip
    issued = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [order]})
    code = issued.json["orders"][0]["order"]
    path = f"forms/accountability/workbook?cycle={CYCLE}&period=2026-M01"
    silent = filled(exported(bureau, path), (code, "deed", "报完成"))
    assert [one[1:] for one in faults(bureau.send_back("PS", path, silent))] == [("情况说明", "note.required")]
    book = filled(silent, (code, "note", "已全部查完"))
    assert bureau.send_back("PS", path, book).json == {"applied": True, "changed": 1, "unchanged": 0, "errors": []}
    assert bureau.send_back("PS", path, book).json["unchanged"] == 1
    (row,) = bureau.get("P9", f"task-orders?cycle={CYCLE}").json["items"]
    assert (row["status"], [note["text"] for note in row["notes"]]) == ("completed", ["已全部查完"])


@pytest.mark.parametrize("form", ["review", "accountability", "temporary", "contribution", "subjective"])
def test_every_form_is_printed_and_exported(bureau, form):
    query = f"cycle={CYCLE}&period={'2026-H1' if form in ('contribution', 'subjective') else '2026-M01'}"
    for path, begins in (
        (f"paper?{query}", b"%PDF"),
        (f"paper?{query}&format=docx", b"PK"),
        (f"workbook?{query}", b"PK"),
    ):
        answer = bureau.get("PS", f"forms/{form}/{path}")
        assert (answer.status_code, answer.data[: len(begins)]) == (200, begins)
        assert answer.headers["Content-Disposition"].startswith("attachment; ")


def test_files_are_made_by_a_process_of_their_own(bureau, monkeypatch):
    monkeypatch.setattr(forms, "printed", printed)
    assert bureau.get("PS", f"forms/review/paper?cycle={CYCLE}&period=2026-M01").data.startswith(b"%PDF")
    assert [one[2] for one in faults(bureau.send_back("PS", BOOK, blank(bureau)))] == ["sheet.empty"]


def test_ballots_do_not_come_back_on_a_sheet(bureau):
    path = f"forms/subjective/workbook?cycle={CYCLE}&period=2026-H1"
    assert bureau.send_back("PS", path, exported(bureau, path)).status_code in (404, 405)
