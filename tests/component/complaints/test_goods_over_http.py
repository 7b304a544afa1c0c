"""Spot checks of goods over HTTP: plans, samples, results, lists, rates."""

from typing import Any

from sqlalchemy import event

from tests.component.complaints.network import Network, network
from tests.component.complaints.test_traders_over_http import get, post

__all__ = ["network"]

PLAN = {"title": "二季度乳制品抽检", "goods": "酸奶", "quarter": "2026-Q2", "wanted": 2}
RESULT = {"laboratory": "示范检验所", "report_number": "R-1", "standard": "GB 19302-2010"}


def sample(network: Network, plan: str, trader: str, batch: str) -> Any:
    given = {"plan": plan, "trader": trader, "batch": batch, "unit": "S01", "taken_on": "2026-06-01"}
    return post(network, "goods-samples", given, 201)


def stepped(network: Network, one: Any, step: str, by: Any = None, status: int = 200, **given: Any) -> Any:
    body = {"revision": one["revision"], "step": step, "on": "2026-06-02", **given}
    return post(network, f"goods-samples/{one['sample']}/steps", body, status, by)


def test_a_check_is_planned_sampled_tested_and_followed_up(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-10")
    trader = post(network, "traders", {"name": "示范超市"}, 201)["trader"]
    plan = post(network, "goods-plans", {**PLAN, "traders": [trader]}, 201)["plan"]
    bad, good = sample(network, plan, trader, "20260501"), sample(network, plan, trader, "20260502")
    assert (bad["may"], bad["failed"]) == (["test", "void"], None)
    stepped(network, good, "test", passed=True, **RESULT)
    bad = stepped(network, bad, "test", passed=False, items=["酵母"], **RESULT)
    assert {one["step"] for one in bad["why_not"]} == {"test", "ask_retest", "retest", "close", "void"}
    case = network.register("2026-06-10", kind="report", trader="示范超市", goods="酸奶")
    bad = stepped(network, bad, "open_case", case=case)
    bad = stepped(network, bad, "withdraw_goods")
    bad = stepped(network, bad, "tell_trader")
    stale = {"revision": 1, "step": "close", "on": "2026-06-03"}
    network.refused(network.post(f"goods-samples/{bad['sample']}/steps", stale), 409, "revision.stale")
    assert stepped(network, bad, "close")["status"] == "closed"
    (shown,) = get(network, "goods-plans?quarter=2026-Q2&closed=false")["items"]
    assert (shown["taken"], shown["tested"], shown["failed"]) == (2, 2, 1)
    assert [one["batch"] for one in get(network, "goods-samples?failed=true")["items"]] == ["20260501"]
    assert [one["batch"] for one in get(network, "goods-samples?status=passed&q=酸奶")["items"]] == ["20260502"]
    (row,) = get(network, "goods-rates?year=2026")["items"]
    assert (row["goods"], row["tested"], row["failed"], row["rate"], row["few"]) == ("酸奶", 2, 1, "50.0", True)
    credit = get(network, f"traders/{trader}")["credit"]
    assert [(one["goods"], one["checks"], one["failed"], one["reports"]) for one in credit] == [
        *((None, 2, 1, 1), ("酸奶", 2, 1, 1)),
    ]


def test_a_sample_that_is_void_counts_nowhere_and_nothing_tested_is_no_rate(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-10")
    trader = post(network, "traders", {"name": "示范超市"}, 201)["trader"]
    plan = post(network, "goods-plans", PLAN, 201)["plan"]
    stepped(network, sample(network, plan, trader, "1"), "void")
    sample(network, plan, trader, "2")
    (row,) = get(network, "goods-rates?year=2026")["items"]
    assert (row["taken"], row["tested"], row["rate"]) == (1, 0, None)
    assert get(network, "goods-rates?year=2025")["items"] == []


def test_who_takes_samples_and_a_closed_plan_takes_none(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-10")
    trader = post(network, "traders", {"name": "示范超市"}, 201)["trader"]
    plan = post(network, "goods-plans", PLAN, 201)
    one = sample(network, plan["plan"], trader, "1")
    other, own = network.by("S02", person="P3", heads="S02"), network.by("S01", person="P6", heads="S01")
    network.refused(network.post("goods-plans", PLAN, own), 403)
    assert get(network, f"goods-samples/{one['sample']}", other)["may"] == []
    stepped(network, one, "test", other, 403, passed=True, **RESULT)
    stepped(network, one, "test", own, passed=True, **RESULT)
    changed = {**PLAN, "revision": plan["revision"], "closed": True}
    assert network.centre.put(f"/api/v1/goods-plans/{plan['plan']}", json=changed).json["closed"] is True
    given = {"plan": plan["plan"], "trader": trader, "batch": "2", "unit": "S01", "taken_on": "2026-06-01"}
    network.refused(network.post("goods-samples", given), 409, "goods_plan.closed")
    get(network, "goods-samples", network.by("A01", person="P5", heads="A01"), 403)


def test_plans_are_listed_with_their_counts_by_one_statement(network: Network) -> None:
    network.today.now = network.today.moment("2026-06-10")
    trader = post(network, "traders", {"name": "示范超市"}, 201)["trader"]
    plans = [post(network, "goods-plans", {**PLAN, "title": f"抽检{number}"}, 201)["plan"] for number in range(3)]
    stepped(network, sample(network, plans[1], trader, "1"), "test", passed=False, items=["酵母"], **RESULT)
    sample(network, plans[1], trader, "2")
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(network.world.service.engine, "before_cursor_execute", note)
    listed = {one["plan"]: one for one in get(network, "goods-plans")["items"]}
    event.remove(network.world.service.engine, "before_cursor_execute", note)
    counts = [(listed[one]["taken"], listed[one]["tested"], listed[one]["failed"]) for one in plans]
    assert counts == [(0, 0, 0), (2, 1, 1), (0, 0, 0)]
    assert sum("goods_samples" in one for one in asked) == 1
