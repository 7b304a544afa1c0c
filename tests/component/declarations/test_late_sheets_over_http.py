"""A sheet that comes back late: what was declared, withdrawn or changed on the web meanwhile."""

import pytest

from tests.component.declarations.bureau import ratio
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.sheets import BOOK, blank, exported, filled
from tests.component.declarations.states import CYCLE

pytestmark = pytest.mark.usefixtures("made_here")


@pytest.fixture
def bureau(on_http: HttpBureau) -> HttpBureau:
    return on_http


def test_whoever_follows_the_sheets_advice_after_the_deadline_loses_nothing(bureau, on):
    on("2026-01-10")
    bureau.inner.rule()
    on("2026-02-04")
    book = filled(blank(bureau), ("01-01-01|done", "declared", 4))
    (one,) = bureau.inner.declare("PS", ratio("3"))
    on("2026-02-09")  # declaring was due on the 4th
    (told,) = bureau.send_back("PS", BOOK, book).json["errors"]
    assert "直接更正后再报，不必撤回" in told["zh"]
    entry = ratio("4", period="2026-M01", revision=1)
    corrected = bureau.post("PS", "declarations", {"cycle": CYCLE, "entries": [entry]})
    assert (corrected.status_code, corrected.json["declarations"][0]["status"]) == (201, "declared")
    bureau.inner.decide("verify", "HS", [one["declaration"]])
    other = filled(book, ("01-01-01|done", "declared", 5))
    (told,) = bureau.send_back("PS", BOOK, other).json["errors"]
    assert "退回后再报" in told["zh"]


def test_a_sheet_against_what_is_recorded_is_told_who_may_change_it_still(bureau, on):
    on("2026-02-02")
    bureau.inner.service.remind()  # 12315 had nothing to measure in January
    noted = filled(exported(bureau), ("08-01-01|numerator", "declared", 1), ("08-01-01|denominator", "declared", 1))
    (one,) = bureau.inner.declare("PS", ratio("3"))
    for step, by in (("verify", "HS"), ("assess", "P10"), ("record", "P10")):
        bureau.inner.decide(step, by, [one["declaration"]])
    (over,) = bureau.send_back("PS", BOOK, noted).json["errors"]
    assert (over["code"], "已自动记录" in over["zh"], "请在“申报”页申报" in over["zh"]) == (
        "form.declared_already",
        True,
        True,
    )
    book = filled(blank(bureau), ("01-01-01|done", "declared", 4))
    (told,) = bureau.send_back("PS", BOOK, book).json["errors"]
    assert "已归档，如有异议请申诉" in told["zh"]


def test_a_withdrawn_contribution_is_put_forward_again_by_its_sheet(bureau):
    path = f"forms/contribution/workbook?cycle={CYCLE}&period=2026-H1"
    told = {"title": "先进集体", "effect": "全国表彰", "proof": "证书"}
    row = [("new", "indicator", "11-01-03 指标11-01-03"), ("new", "level", "国家级")]
    book = filled(exported(bureau, path), *row, *(("new", name, value) for name, value in told.items()))
    assert bureau.send_back("PS", path, book).json["changed"] == 1
    (made,) = bureau.get("PS", f"contributions?cycle={CYCLE}").json["items"]
    body = {"cycle": CYCLE, "contributions": [{"contribution": made["contribution"]}]}
    assert bureau.post("PS", "contributions/withdraw", body).status_code == 200
    assert bureau.send_back("PS", path, book).json == {"applied": True, "changed": 1, "unchanged": 0, "errors": []}
    (again,) = bureau.get("PS", f"contributions?cycle={CYCLE}").json["items"]
    assert (again["contribution"], again["status"]) == (made["contribution"], "declared")


def test_what_was_changed_on_the_web_since_the_export_is_not_overwritten_by_the_sheet(bureau):
    drafted = {"cycle": CYCLE, "period": "2026-M01", "draft": True}
    bureau.post("PS", "declarations", {**drafted, "entries": [ratio("2")]})
    book = blank(bureau)
    bureau.post("PS", "declarations", {**drafted, "entries": [ratio("3", revision=1)]})
    key = "01-01-01|done@1"  # what the sheet shows
    for way in (BOOK, f"{BOOK}&draft=true"):
        answer = bureau.send_back("PS", way, filled(book, (key, "declared", 4)))
        (told,) = answer.json["errors"]
        assert (answer.status_code, told["code"]) == (422, "form.changed_since")
        assert "请重新导出" in told["zh"]
        assert "export it again" in told["en"]
    (row,) = bureau.get("PS", f"declarations?cycle={CYCLE}").json["items"]
    assert (row["status"], row["revision"], row["counts"]) == ("draft", 2, {"done": "3"})
    again = filled(blank(bureau), ("01-01-01|done@2", "declared", 4))
    assert bureau.send_back("PS", BOOK, again).json["changed"] == 1


def test_a_sheet_that_was_exported_before_anything_was_declared_overwrites_nothing(bureau):
    book = filled(blank(bureau), ("01-01-01|done", "declared", 4))
    bureau.post("PS", "declarations", {"cycle": CYCLE, "period": "2026-M01", "draft": True, "entries": [ratio("3")]})
    answer = bureau.send_back("PS", BOOK, book)
    assert [one["code"] for one in answer.json["errors"]] == ["form.changed_since"]
    (one,) = bureau.get("PS", f"declarations?cycle={CYCLE}").json["items"]
    assert one["counts"] == {"done": "3"}


def test_what_was_only_returned_since_the_export_is_put_right_in_the_same_sheet(bureau):
    (one,) = bureau.inner.declare("PS", ratio("3"))
    book = filled(blank(bureau), ("01-01-01|done@1", "declared", 2))
    bureau.inner.decide("return", "HS", [one["declaration"]], reason="多报一次")
    assert bureau.send_back("PS", BOOK, book).json["changed"] == 1


def test_what_was_verified_taken_back_and_returned_is_put_right_in_the_same_sheet(bureau):
    (one,) = bureau.inner.declare("PS", ratio("3"))
    book = filled(blank(bureau), ("01-01-01|done@1", "declared", 2))
    bureau.inner.decide("verify", "HS", [one["declaration"]])
    named = {"cycle": CYCLE, "declarations": [{"declaration": one["declaration"]}], "reason": "误"}
    bureau.inner.ask("take_back_decisions", "HS", named)
    bureau.inner.decide("return", "HS", [one["declaration"]], reason="多报一次")
    assert bureau.send_back("PS", BOOK, book).json["changed"] == 1


def test_what_was_changed_on_the_web_after_a_return_is_not_overwritten(bureau):
    (one,) = bureau.inner.declare("PS", ratio("3"))
    book = filled(blank(bureau), ("01-01-01|done@1", "declared", 2))
    bureau.inner.decide("return", "HS", [one["declaration"]], reason="多报一次")
    bureau.inner.declare("PS", ratio("1"), draft=True)
    assert [each["code"] for each in bureau.send_back("PS", BOOK, book).json["errors"]] == ["form.changed_since"]


def test_one_file_is_sent_back_twice_with_more_typed_in_between(bureau):
    book, way = filled(blank(bureau), ("01-01-01|done", "declared", 4)), f"{BOOK}&draft=true"
    assert bureau.send_back("PS", way, book).json["changed"] == 1
    more = filled(book, ("01-01-01|done", "declared", 5))
    assert bureau.send_back("PS", way, more).json["changed"] == 1
    (row,) = bureau.get("PS", f"declarations?cycle={CYCLE}").json["items"]
    assert row["counts"] == {"done": "5"}
    told = bureau.get("PS", f"declarations/{row['declaration']}?cycle={CYCLE}").json["steps"]
    assert [(each["step"], each["reason"]) for each in told] == [("save", "按离线表填报")] * 2
    bureau.inner.declare("PS", ratio("6"), draft=True)
    (fault,) = bureau.send_back("PS", way, more).json["errors"]
    assert (fault["code"], "旧版本导出" in fault["zh"]) == ("form.changed_since", True)
    assert fault["row"] > 1


def _order(bureau: HttpBureau) -> tuple[str, str]:
    """Issue one; gives it and where its sheet is."""
    issued = {
        "indicator": "03-01-01", "period": "2026-M01", "title": "专项检查", "standard": "月底前", "deadline": "2026-12-31",
        "subjects": ["PS"],
    }  # fmt: skip
    made = bureau.post("P9", "task-orders", {"cycle": CYCLE, "orders": [issued]})
    return made.json["orders"][0]["order"], f"forms/accountability/workbook?cycle={CYCLE}&period=2026-M01"


def test_an_order_that_somebody_else_changed_since_the_export_is_not_answered_unseen(bureau):
    order, path = _order(bureau)
    book = filled(exported(bureau, path), (order, "deed", "报完成"), (order, "note", "已查完"))
    later = {"order": order, "deadline": "2027-01-20", "note": "延期", "revision": 1}
    moved = bureau.post("P9", "task-orders/postpone", {"cycle": CYCLE, "orders": [later]})
    assert moved.status_code == 200, moved.text
    (told,) = bureau.send_back("PS", path, book).json["errors"]
    assert (told["code"], told["column"]) == ("form.changed_since", "任务")
    assert bureau.get("PS", f"task-orders?cycle={CYCLE}").json["items"][0]["status"] == "issued"
    again = filled(exported(bureau, path), (order, "deed", "报完成"), (order, "note", "已查完"))
    assert bureau.send_back("PS", path, again).json["changed"] == 1


def test_one_sheet_of_orders_is_sent_back_twice_with_more_typed_in_between(bureau):
    order, path = _order(bureau)
    book = filled(exported(bureau, path), (order, "deed", "接受"))
    assert bureau.send_back("PS", path, book).json["changed"] == 1
    more = filled(book, (order, "deed", "报完成"), (order, "note", "已查完"))
    assert bureau.send_back("PS", path, more).json["changed"] == 1


CONTRIBUTIONS = f"forms/contribution/workbook?cycle={CYCLE}&period=2026-H1"


def _put_forward(bureau: HttpBureau, *titles: str) -> list[str]:
    told = {
        "indicator": "11-01-03",
        "period": "2026-H1",
        "subject": "PS",
        "level": "national",
        "effect": "表扬",
        "proof": "证书",
    }
    body = {"cycle": CYCLE, "contributions": [{**told, "title": title} for title in titles]}
    made = bureau.post("PS", "contributions", body)
    assert made.status_code == 201, made.text
    return [one["contribution"] for one in made.json["contributions"]]


def _return(bureau: HttpBureau, contribution: str) -> None:
    body = {"cycle": CYCLE, "contributions": [{"contribution": contribution}], "decision": "return", "reason": "写全称"}
    assert bureau.post("HS", "contributions/screen", body).status_code == 200


def test_a_returned_contribution_with_another_title_stays_the_same_one(bureau):
    (one,) = _put_forward(bureau, "先进集体")
    _return(bureau, one)
    book = filled(exported(bureau, CONTRIBUTIONS), (one, "title", "全国先进集体"))
    assert bureau.send_back("PS", CONTRIBUTIONS, book).json["changed"] == 1
    (row,) = bureau.get("PS", f"contributions?cycle={CYCLE}").json["items"]
    assert (row["contribution"], row["title"], row["status"]) == (one, "全国先进集体", "declared")


def test_contributions_whose_rows_were_exchanged_are_told_and_stay(bureau):
    first, second = _put_forward(bureau, "先进集体", "先进个人")
    for one in (first, second):
        _return(bureau, one)
    book = filled(exported(bureau, CONTRIBUTIONS), (first, "title", "先进个人"), (second, "title", "先进集体"))
    assert [one["code"] for one in bureau.send_back("PS", CONTRIBUTIONS, book).json["errors"]] == ["form.exchanged"] * 2


def test_a_contribution_changed_on_the_web_since_the_export_is_not_overwritten(bureau):
    (one,) = _put_forward(bureau, "先进集体")
    _return(bureau, one)
    book = filled(exported(bureau, CONTRIBUTIONS), (one, "effect", "表里写的"))
    told = {
        "contribution": one,
        "revision": 2,
        "indicator": "11-01-03",
        "period": "2026-H1",
        "subject": "PS",
        "level": "national",
    }
    body = {"cycle": CYCLE, "contributions": [{**told, "title": "先进集体", "effect": "网上写的", "proof": "证书"}]}
    assert bureau.post("PS", "contributions", body).status_code == 201
    _return(bureau, one)
    assert [each["code"] for each in bureau.send_back("PS", CONTRIBUTIONS, book).json["errors"]] == [
        "form.changed_since"
    ]
    assert bureau.get("PS", f"contributions?cycle={CYCLE}").json["items"][0]["effect"] == "网上写的"


def test_one_sheet_of_contributions_is_sent_back_twice_with_more_typed_in_between(bureau):
    (one,) = _put_forward(bureau, "先进集体")
    _return(bureau, one)
    book = filled(exported(bureau, CONTRIBUTIONS), (one, "effect", "全国表彰"))
    assert bureau.send_back("PS", CONTRIBUTIONS, book).json["changed"] == 1
    _return(bureau, one)
    more = filled(book, (one, "effect", "全国表彰并推广"))
    assert bureau.send_back("PS", CONTRIBUTIONS, more).json["changed"] == 1
    (row,) = bureau.get("PS", f"contributions?cycle={CYCLE}").json["items"]
    assert (row["effect"], row["status"]) == ("全国表彰并推广", "declared")
    told = bureau.get("PS", f"contributions/{one}?cycle={CYCLE}").json["steps"]
    assert [each["reason"] for each in told if each["step"] == "declare"] == ["", "按离线表填报", "按离线表填报"]
