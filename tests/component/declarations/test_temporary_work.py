"""Temporary work that nobody had ordered: reported, confirmed, assessed, and scored like an order; all of it in one list."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE, TIER, claim, indicator

TASKS = indicator("11-03-01", "tier", TIER, tool="accountability", assessor="D10", full="20", frequency="yearly")
DONE = {"numerator": "1", "denominator": "1"}


@pytest.fixture(autouse=True)
def library(bureau: Bureau) -> None:
    bureau.handle(projections.keep_indicators, replace(TASKS, category="additional"))


def report(bureau: Bureau, by: str = "PS", **more: Any) -> str:
    entry = {
        "subject": by,
        "indicator": "11-03-01",
        "period": "2026-Y",
        "title": "支援展会秩序维护",
        "outcome": "连续三日值守",
        "asked_by": "区政府办公室（电话通知）",
        "done_on": "2026-03-10",
        "evidence": ["e-1"],
        **more,
    }
    answer = bureau.ask("report_works", by, {"cycle": CYCLE, "works": [entry]})
    return str(answer["works"][0]["work"])


def confirm(bureau: Bureau, by: str, one: str, decision: str = "confirm", **more: Any) -> str:
    body = {"cycle": CYCLE, "decision": decision, "works": [{"work": one}], **more}
    return str(bureau.ask("confirm_works", by, body)["works"][0]["status"])


def assess(
    bureau: Bureau, by: str, one: str, decision: str = "assess", reason: str = "", **entry: Any
) -> dict[str, Any]:
    body = {"cycle": CYCLE, "decision": decision, "reason": reason, "works": [{"work": one, **entry}]}
    done: dict[str, Any] = bureau.ask("assess_works", by, body)["works"][0]
    return done


def to_do(bureau: Bureau, by: str, name: str) -> int:
    return int(bureau.ask("list_to_dos", by, {})["lists"][name]["count"])


def test_work_is_reported_confirmed_assessed_and_counts_as_an_order(bureau: Bureau):
    one = report(bureau)
    assert to_do(bureau, "HS", "works_to_confirm") == 1
    assert confirm(bureau, "HS", one) == "confirmed"
    assert to_do(bureau, "office", "works_to_assess") == 1
    assessed = assess(bureau, "office", one, counts=DONE)
    assert (assessed["status"], assessed["counts"]) == ("assessed", {"numerator": 1, "denominator": 1})
    (order,) = bureau.rows("SELECT * FROM declarations.task_order")
    assert (order["order"], order["status"], order["origin"], order["subject"]) == (
        assessed["order"],
        "judged",
        "volunteered",
        "PS",
    )
    sent = bureau.rows("SELECT body FROM declarations.outbox WHERE event LIKE '%TaskOrderChanged%'")
    bodies = [json.loads(row["body"]) for row in sent]
    assert [(state["order"], state["status"]) for body in bodies for state in body] == [(assessed["order"], "judged")]


def test_a_return_comes_back_and_a_rejection_ends_it(bureau: Bureau):
    one = report(bureau)
    with pytest.raises(Invalid):
        confirm(bureau, "HS", one, "return")
    assert confirm(bureau, "HS", one, "return", reason="缺通知") == "returned"
    assert report(bureau, work=one, revision=2, evidence=["e-1", "e-2"]) == one
    confirm(bureau, "HS", one)
    assert assess(bureau, "P10", one, "return", reason="写明时长")["status"] == "returned"
    report(bureau, work=one, revision=5)
    confirm(bureau, "HS", one)
    with pytest.raises(Invalid):
        assess(bureau, "K1", one, "reject")
    assert assess(bureau, "K1", one, "reject", reason="属本职工作")["status"] == "rejected"
    assert bureau.count("task_order") == 0
    with pytest.raises(Conflict):
        report(bureau, work=one)


def test_nobody_confirms_or_assesses_their_own_nor_both(bureau: Bureau):
    own = report(bureau, by="H10")
    with pytest.raises(Forbidden):
        confirm(bureau, "H10", own)
    confirm(bureau, "L1", own)
    with pytest.raises(Forbidden):
        assess(bureau, "H10", own, counts=DONE)
    other = report(bureau, by="Q10")
    confirm(bureau, "H10", other)
    with pytest.raises(Forbidden) as raised:  # of the panel and the section, but H10 confirmed it
        assess(bureau, "H10", other, counts=DONE)
    assert raised.value.errors[0]["code"] == "work.confirmed_by_you"
    with pytest.raises(Forbidden):
        assess(bureau, "P9", other, counts=DONE)
    assert (
        assess(bureau, "K1", other, counts=DONE)["status"] == "assessed"
    )  # D10 is its own section: the panel stands in


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"indicator": "03-01-01", "period": "2026-M01"}, "indicator.not_temporary"),
        ({"indicator": "11-01-03", "period": "2026-H1"}, "indicator.tool"),
        ({"done_on": "2025-12-31"}, "done_on.period"),
        ({"done_on": (today() + timedelta(days=1)).isoformat()}, "done_on.future"),
    ],
)
def test_what_does_not_fit_is_refused(bureau: Bureau, change, code):
    with pytest.raises(Invalid) as raised:
        report(bureau, **change)
    assert raised.value.errors[0]["code"] == code


def test_an_assessment_needs_counts_of_its_rule(bureau: Bureau):
    one = report(bureau)
    confirm(bureau, "HS", one)
    for counts in ({}, {"done": "1"}):
        with pytest.raises(Invalid):
            assess(bureau, "office", one, counts=counts)
    assert bureau.count("task_order") == 0


def test_all_temporary_work_of_a_subject_is_one_list_for_its_form(bureau: Bureau):
    order = {
        "indicator": "11-03-01",
        "period": "2026-Y",
        "title": "专班抽调",
        "standard": "按时到岗",
        "subjects": ["PS"],
    }
    deadline = (today() + timedelta(days=9)).isoformat()
    bureau.ask("issue_orders", "L1", {"cycle": CYCLE, "orders": [{**order, "deadline": deadline}]})
    one = report(bureau)
    confirm(bureau, "HS", one)
    assess(bureau, "office", one, counts=DONE)
    found = bureau.ask("list_temporary_work", "PS", {"cycle": CYCLE, "subject": "PS", "period": "2026-Y"})
    assert [(row["title"], row["status"], row["earned"]) for row in found["ordered"]] == [("专班抽调", "issued", None)]
    (done,) = found["volunteered"]
    assert (done["title"], done["asked_by"], done["name"]) == (
        "支援展会秩序维护",
        "区政府办公室（电话通知）",
        "指标11-03-01",
    )
    assert done["earned"] == 20
    assert bureau.ask("list_temporary_work", "QS", {"cycle": CYCLE, "subject": "PS"}) == {
        "ordered": [],
        "volunteered": [],
    }
    assert [row["work"] for row in bureau.ask("list_works", "HS", {"cycle": CYCLE})["items"]] == [one]


def test_what_is_worked_towards_a_target_carries_it_and_earns_by_it(bureau: Bureau):
    shared_out = indicator("11-03-02", "ratio", {"cap": "1.0"}, tool="accountability", assessor="D10", full="20")
    bureau.handle(projections.keep_indicators, replace(shared_out, category="additional"))
    bureau.handle(projections.keep_claims, claim("PS", "11-03-02", "10"))
    order = {"indicator": "11-03-02", "period": "2026-M03", "title": "专班抽调", "standard": "按时到岗"}
    deadline = (today() + timedelta(days=9)).isoformat()
    with_target, without = bureau.ask(
        "issue_orders", "L1", {"cycle": CYCLE, "orders": [{**order, "deadline": deadline, "subjects": ["PS", "QS"]}]}
    )["orders"]
    for one, target in ((with_target, 10), (without, None)):
        shown = bureau.ask("get_order", "L1", {"cycle": CYCLE, "order": one["order"]})
        assert (shown["subject"], shown["target"]) == (one["subject"], target)
    work = report(bureau, indicator="11-03-02", period="2026-M03")
    confirm(bureau, "HS", work)
    assess(bureau, "office", work, counts={"done": "4"})
    assert bureau.ask("get_work", "office", {"cycle": CYCLE, "work": work})["target"] == 10
    (done,) = bureau.ask("list_temporary_work", "PS", {"cycle": CYCLE, "subject": "PS"})["volunteered"]
    assert (done["target"], done["earned"]) == (10, 8)


def test_of_two_assessments_at_once_one_counts(bureau: Bureau):
    from tests.component.declarations.test_orders import at_once

    one = report(bureau)
    confirm(bureau, "HS", one)
    outcomes = at_once(
        lambda: assess(bureau, "office", one, counts=DONE), lambda: assess(bureau, "K1", one, "reject", reason="重复")
    )
    assert outcomes == ["done", "temporary_work.state"]
    assert bureau.count("task_order") <= 1
