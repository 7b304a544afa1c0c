"""问责: orders called to account, answered, closed with a consequence; and two who act at once."""

from datetime import timedelta
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.clock import today
from shared.errors import Conflict, Forbidden, Invalid
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE, indicator
from tests.component.declarations.test_orders import TOMORROW, at_once, to_do
from tests.component.declarations.test_other_tools import FULL, issue, orders

DEDUCTS = indicator(
    "03-09-09", "deduct", {"per": {"overdue": "0.5", "missing": "1"}}, tool="accountability", assessor="D09"
)


@pytest.fixture
def deducting(bureau: Bureau) -> str:
    bureau.handle(projections.keep_indicators, DEDUCTS)
    order = {
        "indicator": "03-09-09",
        "period": "2026-M01",
        "title": "报送台账",
        "standard": "按期报送",
        "points": "2.5",
        "deadline": TOMORROW,
        "subjects": ["PS"],
    }
    (issued,) = bureau.ask("issue_orders", "P9", {"cycle": CYCLE, "orders": [order]})["orders"]
    return str(issued["order"])


def ask(bureau: Bureau, one: str, by: str = "L1", **more: Any) -> str:
    entry = {"order": one, "question": "为何没有进展", "answer_by": TOMORROW, **more}
    answer = bureau.ask("ask_about_orders", by, {"cycle": CYCLE, "inquiries": [entry]})
    return str(answer["inquiries"][0]["inquiry"])


def answer(bureau: Bureau, one: str, by: str = "PS") -> None:
    bureau.ask("answer_inquiries", by, {"cycle": CYCLE, "inquiries": [{"inquiry": one, "answer": "材料已齐"}]})


def close(bureau: Bureau, one: str, by: str = "L1", **entry: Any) -> dict[str, Any]:
    whole = {"inquiry": one, "consequence": "none", "conclusion": "核实", **entry}
    done: dict[str, Any] = bureau.ask("close_inquiries", by, {"cycle": CYCLE, "inquiries": [whole]})
    return done


def test_an_order_is_called_to_account_answered_and_closed_on_record(bureau: Bureau, deducting: str):
    one = ask(bureau, deducting)
    assert to_do(bureau, "PS", "inquiries_to_answer") == 1
    with pytest.raises(Conflict) as raised:
        close(bureau, one)
    assert raised.value.code == "inquiry.not_due"
    with pytest.raises(Forbidden):
        answer(bureau, one, by="QS")
    answer(bureau, one)
    assert to_do(bureau, "L1", "inquiries_to_close") == 1
    with pytest.raises(Conflict):
        orders(bureau, "judge", "P9", [deducting], counts={"overdue": "0"})
    with pytest.raises(Forbidden):
        close(bureau, one, by="PS")
    close(bureau, one, consequence="deduction", deduction={"overdue": "2"})
    (listed,) = bureau.ask("list_inquiries", "PS", {"cycle": CYCLE, "order": deducting})["items"]
    assert (listed["answer"], listed["consequence"], listed["deduction"]) == ("材料已齐", "deduction", {"overdue": 2})
    assert (listed["asked_by"], listed["answered_by"], listed["closed_by"]) == ("L1", "PS", "L1")
    orders(bureau, "accept", "PS", [deducting])
    orders(bureau, "complete", "PS", [deducting], note="已报")
    (judged,) = orders(bureau, "judge", "P9", [deducting], counts={"missing": "1"})
    assert judged["counts"] == {"missing": 1, "overdue": 2}
    actions = [row["action"] for row in bureau.rows("SELECT action FROM declarations.audit ORDER BY seq")]
    assert [one for one in actions if one.startswith("inquiry.")] == [
        "inquiry.asked",
        "inquiry.answered",
        "inquiry.closed",
    ]


def test_a_deduction_needs_an_indicator_that_deducts(bureau: Bureau):
    (one,) = issue(bureau, "PS")
    asked = ask(bureau, one)
    answer(bureau, asked)
    with pytest.raises(Invalid) as raised:
        close(bureau, asked, consequence="deduction", deduction={"numerator": "1"})
    assert raised.value.errors[0]["code"] == "deduction.rule"


def test_a_veto_is_proposed_with_the_closing_and_confirmed_by_the_panel(bureau: Bureau):
    (one,) = issue(bureau, "PS")
    asked = ask(bureau, one)
    answer(bureau, asked)
    for entry in ({"consequence": "veto_proposed"}, {"consequence": "reminder", "veto": "01-03-05"}):
        with pytest.raises(Invalid):
            close(bureau, asked, **entry)
    with pytest.raises(Invalid):  # no veto: the whole closing is undone
        close(bureau, asked, consequence="veto_proposed", veto="01-01-01")
    assert bureau.rows("SELECT status FROM declarations.inquiry") == [{"status": "answered"}]
    (veto,) = close(bureau, asked, consequence="veto_proposed", veto="01-03-05")["vetoes"]
    (row,) = bureau.rows("SELECT veto, subject, status, reason FROM declarations.veto")
    assert (row["veto"], row["subject"], row["status"]) == (veto, "PS", "proposed")
    assert one in row["reason"]


def test_nobody_asks_about_their_own_or_about_what_is_over(bureau: Bureau):
    (own,) = issue(bureau, "P9", by="L1")
    with pytest.raises(Forbidden):
        ask(bureau, own, by="P9")
    (gone,) = issue(bureau, "PS")
    orders(bureau, "withdraw", "P9", [gone], note="撤")
    with pytest.raises(Conflict):
        ask(bureau, gone)
    with pytest.raises(Invalid):
        ask(bureau, own, answer_by=(today() - timedelta(days=1)).isoformat())


def test_of_a_judgement_and_a_question_at_once_one_stands(bureau: Bureau):
    (one,) = issue(bureau, "PS")
    orders(bureau, "accept", "PS", [one])
    orders(bureau, "complete", "PS", [one], note="办结")
    outcomes = at_once(lambda: orders(bureau, "judge", "P9", [one], counts=FULL), lambda: ask(bureau, one))
    assert outcomes in (["done", "task_order.inquiry_open"], ["done", "task_order.state"])


def test_of_two_closings_at_once_one_stands(bureau: Bureau, deducting: str):
    one = ask(bureau, deducting)
    answer(bureau, one)
    outcomes = at_once(
        lambda: close(bureau, one, consequence="reminder"),
        lambda: close(bureau, one, by="K1", consequence="deduction", deduction={"overdue": "1"}),
    )
    assert outcomes == ["done", "inquiry.state"]
