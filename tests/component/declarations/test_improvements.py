"""Improvement measures that scoring orders become task orders, however often and in whatever order they are told."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.clock import today
from shared.errors import Conflict
from shared.events import ImprovementChanged
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE, B, cycle

DEADLINE = today() + timedelta(days=30)


def improvement(status: str, revision: int, **changes: Any) -> ImprovementChanged:
    state = {
        "bureau": B,
        "improvement": "m-1",
        "revision": revision,
        "run": "r-1",
        "subject": "PS",
        "layer": "person",
        "unit": "S01",
        "weak_indicator": "01-01-01",
        "cycle": CYCLE,
        "indicator": "03-01-01",
        "period": "2026-M01",
        "status": status,
        "title": "提高办结率",
        "standard": "不低于 98%",
        "deadline": DEADLINE,
        "reason": "重复" if status == "withdrawn" else "",
        "proposed_by": "HS",
        "ordered_by": None if status == "proposed" else "L1",
        "by": "L1",
    }
    return ImprovementChanged(**{**state, **changes})


WAY = [improvement("proposed", 1), improvement("ordered", 2), improvement("withdrawn", 3)]


def order(bureau: Bureau) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = bureau.ask("list_orders", "PS", {"cycle": CYCLE, "subject": "PS"})["items"]
    return items


def test_what_is_ordered_becomes_a_task_order_of_the_same_id(bureau: Bureau):
    bureau.service.take_ImprovementChanged(WAY[:2])
    (made,) = order(bureau)
    assert (made["order"], made["status"], made["title"], made["issued_by"]) == ("m-1", "issued", "提高办结率", "L1")
    assert made["deadline"] == DEADLINE
    assert bureau.ask("accept_orders", "PS", {"cycle": CYCLE, "orders": [{"order": "m-1"}]})["orders"]


def test_it_is_ordered_once_however_often_it_is_told(bureau: Bureau):
    for _ in range(3):
        bureau.service.take_ImprovementChanged([improvement("ordered", 2)])
    assert len(order(bureau)) == 1
    assert len(bureau.rows("SELECT id FROM declarations.outbox WHERE event LIKE '%TaskOrderChanged%'")) == 1


@pytest.mark.parametrize("told", list(permutations(WAY)), ids=lambda told: "-".join(one.status[0] for one in told))
def test_whatever_the_order_of_the_states_the_withdrawn_stays_withdrawn(bureau: Bureau, told: Any):
    for state in told:
        bureau.service.take_ImprovementChanged([state])
    assert [one["status"] for one in order(bureau)] == ["withdrawn"]


def test_what_was_only_proposed_or_dropped_orders_nothing(bureau: Bureau):
    bureau.service.take_ImprovementChanged([improvement("proposed", 1), improvement("dropped", 2)])
    assert order(bureau) == []


def test_judged_work_is_not_withdrawn_any_more(bureau: Bureau):
    bureau.service.take_ImprovementChanged(WAY[:2])
    done = {"cycle": CYCLE, "orders": [{"order": "m-1", "note": "办结"}]}
    bureau.ask("accept_orders", "PS", done)
    bureau.ask("complete_orders", "PS", done)
    counts = {"numerator": "1", "denominator": "1"}
    bureau.ask("judge_orders", "H9", {"cycle": CYCLE, "orders": [{"order": "m-1", "counts": counts, "note": ""}]})
    bureau.service.take_ImprovementChanged(WAY[2:])
    assert [one["status"] for one in order(bureau)] == ["judged"]


def test_nothing_is_ordered_in_a_closed_year_and_the_reason_is_told(bureau: Bureau):
    bureau.handle(projections.keep_cycles, cycle("closed", 2))
    with pytest.raises(Conflict):
        bureau.service.take_ImprovementChanged([improvement("ordered", 2)])
    assert order(bureau) == []
