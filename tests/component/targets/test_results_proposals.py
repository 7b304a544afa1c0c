"""Proposals that come from scoring's results."""

from datetime import UTC, datetime
from typing import Any

from shared.events import IndicatorProposed
from tests.component.targets.test_indicator_proposals import PANEL, decide, name_in_draft
from tests.component.targets.world import BUREAU, CYCLE, World, staff_actor


def proposed(proposal: str = "r-1", **changes: Any) -> IndicatorProposed:
    state = {
        "bureau": BUREAU,
        "cycle": CYCLE,
        "proposal": proposal,
        "revision": 1,
        "run": "run-1",
        "indicator": "03-02-01",
        "action": "change",
        "changes": {"name": "政务信息被采用"},
        "reason": "人人满分，不能区分",
        "person": "P9001",
        "account": "p9001",
        "at": datetime(2027, 1, 12, tzinfo=UTC),
        "by": "P9001",
    }
    return IndicatorProposed(**{**state, **changes})


def test_they_stand_beside_everybodys_own_once_however_often_they_are_told(opened: World):
    for _ in range(2):
        opened.service.take_IndicatorProposed([proposed(), proposed("r-2", action="remove", changes={})])
    found = opened.pages("list_indicator_proposals", PANEL, cycle=CYCLE)
    assert [(one["proposal"], one["origin"], one["status"]) for one in found] == [
        ("r-1", "results", "open"),
        ("r-2", "results", "open"),
    ]
    assert found[0]["person"] == "P9001"


def test_what_the_panel_decided_is_not_opened_again_by_a_repetition(opened: World):
    opened.service.take_IndicatorProposed([proposed()])
    (accepted,) = decide(opened, "r-1")
    opened.service.take_IndicatorProposed([proposed()])
    assert accepted["status"] == "applied"
    assert name_in_draft(opened) == "政务信息被采用"
    assert opened.pages("list_indicator_proposals", PANEL, status="open") == []


def test_an_impossible_change_is_kept_rejected_with_its_reason(opened: World):
    opened.service.take_IndicatorProposed([proposed(changes={"full_points": "四"})])
    (found,) = opened.pages("list_indicator_proposals", PANEL)
    assert (found["status"], found["decided_by"]) == ("rejected", "system")
    assert found["decision"].startswith("不可行")


def test_whoever_reported_it_may_withdraw_it(opened: World):
    opened.service.take_IndicatorProposed([proposed()])
    withdrawn = opened.call("withdraw_indicator_proposal", staff_actor("P9001"), proposal="r-1")
    assert withdrawn["status"] == "withdrawn"
