"""A list decided in the mode ``each``: what can be done is done, what is refused is named with its reason, and nothing of it is left behind."""

from datetime import timedelta
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.clock import today
from shared.errors import Problem
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_choices import TASKS
from tests.component.declarations.test_contributions import contribute, contributions, opine
from tests.component.declarations.test_other_tools import FULL, issue, orders
from tests.component.declarations.test_temporary_work import confirm, report
from tests.component.declarations.test_vetoes import veto

LATER = (today() + timedelta(days=40)).isoformat()


def told(answer: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(one["row"], one["item"], one["code"]) for one in answer["refused"]]


def test_orders_are_judged_but_those_that_are_stale_own_or_not_due(bureau: Bureau) -> None:
    good, stale, own, early, twice = issue(bureau, "PS", "QS", "H10", "PS", "S01", by="L1")
    for one, by in ((good, "PS"), (stale, "QS"), (own, "H10"), (twice, "HS")):
        orders(bureau, "accept", by, [one])
        orders(bureau, "complete", by, [one], note="已办")
    entries = [
        {"order": good, "counts": FULL, "revision": 3},
        {"order": stale, "counts": FULL, "revision": 1},
        {"order": own, "counts": FULL},
        {"order": early, "counts": FULL},
        {"order": "none", "counts": FULL},
        {"order": twice, "counts": FULL},
        {"order": twice, "counts": FULL},
    ]
    with pytest.raises(Problem):
        bureau.ask("judge_orders", "H10", {"cycle": CYCLE, "orders": entries})
    answer = bureau.ask("judge_orders", "H10", {"cycle": CYCLE, "mode": "each", "orders": entries})
    assert [one["order"] for one in answer["orders"]] == [good, twice]
    assert told(answer) == [
        (1, stale, "revision.stale"),
        (2, own, "own.decision"),
        (3, early, "task_order.not_due"),
        (4, "none", "task_order.unknown"),
        (6, twice, "batch.repeated"),
    ]
    judged = bureau.rows("SELECT \"order\" FROM declarations.task_order WHERE status = 'judged'")
    assert {one["order"] for one in judged} == {good, twice}


def test_work_that_is_refused_leaves_no_order_behind(bureau: Bureau) -> None:
    bureau.handle(projections.keep_indicators, TASKS)
    good, stale = report(bureau, "PS"), report(bureau, "QS")
    for one in (good, stale):
        confirm(bureau, "HS", one)
    counts = {"numerator": "1", "denominator": "1"}
    works = [{"work": good, "counts": counts}, {"work": stale, "counts": counts, "revision": 1}]
    body = {"cycle": CYCLE, "mode": "each", "decision": "assess", "works": works}
    answer = bureau.ask("assess_works", "office", body)
    assert told(answer) == [(1, stale, "revision.stale")]
    assert bureau.count("task_order") == 1


def test_a_settlement_that_is_refused_leaves_no_parts_behind(bureau: Bureau) -> None:
    shares = [{"subject": "PS", "share": "1"}, {"subject": "QS", "share": "1"}]
    shared, stale = contribute(bureau, "PS", "甲事迹", shares=shares), contribute(bureau, "PS", "乙事迹", shares=shares)
    contributions(bureau, "screen", "HS", shared, stale, decision="pass")
    for member in ("K1", "K2", "K3"):
        opine(bureau, member, shared, stale)
    entries = [{"contribution": shared, "shares": shares}, {"contribution": stale, "shares": shares, "revision": 1}]
    body = {"cycle": CYCLE, "mode": "each", "decision": "settle", "contributions": entries}
    answer = bureau.ask("settle_contributions", "K1", body)
    assert told(answer) == [(1, stale, "revision.stale")]
    assert bureau.count("contribution") == 3  # both that were declared, and one partner's part


def test_only_what_is_closed_proposes_its_veto(bureau: Bureau) -> None:
    ordered = issue(bureau, "PS", "QS", by="L1")
    asked = [{"order": one, "question": "为何？", "answer_by": LATER} for one in ordered]
    made = bureau.ask("ask_about_orders", "L1", {"cycle": CYCLE, "inquiries": asked})["inquiries"]
    answered, waiting = (one["inquiry"] for one in made)
    bureau.ask("answer_inquiries", "PS", {"cycle": CYCLE, "inquiries": [{"inquiry": answered, "answer": "说明"}]})
    closing = {"consequence": "veto_proposed", "conclusion": "瞒报", "veto": "01-03-05"}
    entries = [{"inquiry": one, **closing} for one in (waiting, answered)]
    answer = bureau.ask("close_inquiries", "L1", {"cycle": CYCLE, "mode": "each", "inquiries": entries})
    assert told(answer) == [(0, waiting, "inquiry.not_due")]
    assert len(answer["vetoes"]) == bureau.count("veto") == 1


def test_over_http_the_answer_names_both(on_http: HttpBureau) -> None:
    mine, other = veto(on_http.inner, "K1"), veto(on_http.inner, "K2", "QS")
    body = {"cycle": CYCLE, "mode": "each", "vetoes": [{"veto": mine}, {"veto": other}]}
    answer = on_http.post("K1", "vetoes/confirm", body)
    assert answer.status_code == 200, answer.text
    assert [one["veto"] for one in answer.json["vetoes"]] == [other]
    assert told(answer.json) == [(0, mine, "veto.proposed_by_you")]
    assert "refused" not in on_http.post("K2", "vetoes/lift", {**body, "mode": "all", "decision": "撤"}).json
