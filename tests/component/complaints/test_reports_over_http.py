"""Reports, over HTTP: competence disputed and decided, transfers with a receipt, filed cases prolonged, rewards, 诉转案."""

from typing import Any

import pytest

from tests.component.complaints.network import Network, network

__all__ = ["network"]


@pytest.fixture
def report(network: Network) -> str:
    case = network.register("2026-06-01", kind="report")
    network.took(case, "assign", unit="S01", handler="P2")
    return case


@pytest.fixture
def filed(network: Network, report: str) -> str:
    network.took(report, "conclude", "2026-06-10", outcome="filed")
    return report


def test_a_disputed_report_is_decided_by_nobody_before_the_superior_has_ruled(network: Network, report: str) -> None:
    handler = network.by("P2", "staff", person="P2")
    ruled = {"competence": "ours", "why": "行为发生地在本辖区"}
    network.refused(network.step(report, "decide-dispute", **ruled), 409, "case.order")
    network.took(report, "dispute", "2026-06-02", handler, other_bureau="示范区市场监管局")
    network.refused(network.step(report, "dispute"), 409, "case.done")
    network.refused(network.step(report, "conclude", outcome="filed"), 409, "case.disputed")
    network.refused(network.step(report, "transfer", other_bureau="x", why="x"), 409, "case.disputed")
    head = network.by("head.S01", heads="S01")
    for by in (handler, head):
        network.refused(network.step(report, "decide-dispute", by=by, **ruled), 403)
    network.took(report, "decide-dispute", "2026-06-12", **ruled)
    told = network.show(report)["procedure"]["competence"]
    assert (told["by_superior"], told["competence"], told["other_bureau"]) == (True, "ours", "示范区市场监管局")
    clock = network.clock(report, "dispute")
    assert (clock["due"], clock["done"], clock["state"]) == ("2026-06-11", "2026-06-12", "late")
    network.refused(network.step(report, "settle-dispute"), 409, "case.done")
    network.took(report, "conclude", by=handler, outcome="not_filed")


def test_what_another_bureau_is_competent_for_is_handed_over_and_its_receipt_ends_the_clock(
    network: Network, report: str
) -> None:
    network.took(report, "dispute", "2026-06-02", other_bureau="示范区市场监管局")
    network.took(report, "settle-dispute", "2026-06-04", competence="theirs")
    network.refused(network.step(report, "conclude", outcome="filed"), 409, "case.not_competent")
    sent = {"other_bureau": "示范区市场监管局", "why": "协商一致"}
    for by in (network.by("P2", "staff", person="P2"), network.by("head.S01", heads="S01")):
        network.refused(network.step(report, "transfer", by=by, **sent), 403)
    network.took(report, "transfer", "2026-06-05", **sent)
    assert (network.show(report)["status"], network.clock(report, "verify")["state"]) == ("transferring", "running")
    network.refused(network.step(report, "confirm-transfer"), 422)
    network.took(report, "return-transfer", "2026-06-08", why="材料不全")
    shown = network.show(report)
    assert (shown["status"], shown["unit"], shown["procedure"]["competence"]["transfer"]) == (
        *("registered", None, "returned"),
    )
    network.took(report, "transfer", "2026-06-09", **sent)
    network.took(report, "confirm-transfer", "2026-06-10", receipt="示移收〔2026〕7号")
    shown = network.show(report)
    assert (shown["status"], shown["due"], network.clock(report, "verify")["state"]) == ("transferred", None, "ended")
    assert shown["procedure"]["competence"]["receipt"] == "示移收〔2026〕7号"
    network.refused(network.step(report, "assign", unit="S01"), 409)


def test_a_transfer_wipes_no_miss(network: Network, report: str) -> None:
    network.took(report, "transfer", "2026-06-22", other_bureau="x", why="x")
    network.took(report, "confirm-transfer", "2026-06-25", receipt="1")
    clock = network.clock(report, "verify")
    assert (clock["due"], clock["state"], clock["unit"]) == ("2026-06-23", "late", "S01")


def test_a_complaint_is_transferred_before_it_is_accepted_only(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "accept", "2026-06-02")
    network.refused(network.step(case, "transfer", other_bureau="x", why="x"), 409, "case.state")


def test_a_filed_case_has_ninety_days_thirty_more_and_then_what_is_decided_together(
    network: Network, filed: str
) -> None:
    further = {"new_due": "2026-12-01", "why": "案情特别复杂"}
    assert network.clock(filed, "filed")["due"] == "2026-09-08"
    network.refused(network.step(filed, "extend-filed-again", **further), 409, "case.order")
    handler = network.by("P2", "staff", person="P2")
    network.refused(network.step(filed, "extend-filed", by=handler, why="案情复杂"), 403)
    network.refused(network.step(filed, "extend-filed", "2026-09-07", why=" "), 422, "request.invalid")
    network.took(filed, "extend-filed", "2026-09-07", why="案情复杂")
    assert network.clock(filed, "filed")["due"] == "2026-10-08"
    network.refused(network.step(filed, "extend-filed-again", by=handler, **further), 403)
    sooner = {**further, "new_due": "2026-10-01"}
    network.refused(network.step(filed, "extend-filed-again", **sooner), 409, "case.no_longer")
    network.took(filed, "extend-filed-again", "2026-09-30", **further)
    assert (network.clock(filed, "filed")["due"], network.clock(filed, "filed")["state"]) == ("2026-12-01", "running")
    network.refused(network.step(filed, "extend-filed-again", **further), 409, "case.done")
    network.took(filed, "end-filed", "2026-12-01")
    assert network.clock(filed, "filed")["state"] == "kept"


def test_further_time_is_decided_before_the_end(network: Network, filed: str) -> None:
    network.took(filed, "extend-filed", "2026-09-07", why="案情复杂")
    late = network.step(filed, "extend-filed-again", "2026-10-12", new_due="2026-12-01", why="x")
    network.refused(late, 409, "case.overdue")


def test_a_reward_is_proposed_approved_by_another_and_paid(network: Network, filed: str) -> None:
    proposed = {"amount": "5000.00", "why": "查实"}
    network.refused(network.step(filed, "propose-reward", **proposed), 409, "case.no_reward")
    network.took(filed, "end-filed", "2026-08-03")
    head, deputy = network.by("P8", person="P8", heads="S01"), network.by("P6", person="P6", heads="S01")
    for amount in ("0", "1000000.01"):
        network.refused(network.step(filed, "propose-reward", amount=amount, why="x"), 409, "case.amount")
    network.refused(network.step(filed, "propose-reward", amount="0.001", why="x"), 422)
    network.took(filed, "propose-reward", "2026-08-04", head, **proposed)
    network.refused(network.step(filed, "pay-reward", receipt="1"), 409, "case.no_reward")
    network.refused(network.step(filed, "approve-reward", by=head), 403)
    handler = network.by("P2.head", "complaints_centre", person="P2", heads="S01")
    network.refused(network.step(filed, "approve-reward", by=handler), 403)
    network.refused(network.step(filed, "approve-reward", by=deputy, amount="5000.01"), 409, "case.amount")
    network.took(filed, "approve-reward", by=deputy, amount="4000.50")
    network.took(filed, "pay-reward", "2026-08-10", receipt="财凭 88 号")
    assert network.show(filed)["procedure"]["reward"] == {"state": "paid", "amount": "4000.50", "receipt": "财凭 88 号"}
    network.refused(network.step(filed, "propose-reward", **proposed), 409, "case.done")


def test_a_declined_reward_may_be_proposed_again(network: Network, filed: str) -> None:
    network.took(filed, "end-filed", "2026-08-03")
    network.took(filed, "propose-reward", by=network.by("P2", "staff", person="P2"), amount="100", why="x")
    network.took(filed, "decline-reward", why="线索与处罚无关")
    assert network.show(filed)["procedure"]["reward"]["state"] == "declined"
    network.took(filed, "propose-reward", amount="50", why="复核后认为有关")


def lead(network: Network) -> str:
    case = network.register("2026-06-01", trader_address="示范大道 2 号", consumer="示范甲")
    network.took(case, "assign", unit="S01", handler="P2")
    network.took(case, "accept", "2026-06-02")
    return case


def test_a_complaint_becomes_a_report_and_both_know_of_it(network: Network) -> None:
    case, handler = lead(network), network.by("P2", "staff", person="P2")
    network.refused(network.step(case, "turn-into-case", by=handler, why="x"), 409, "case.order")
    network.took(case, "lead", by=handler)
    network.took(case, "turn-into-case", "2026-06-03", handler, why="涉嫌销售不合格商品")
    shown = network.show(case)
    report = network.show(shown["reported_as"])
    told: Any = {name: report[name] for name in ("kind", "status", "summary", "trader", "intake_unit", "consumer")}
    assert told == {
        "kind": "report",
        "status": "registered",
        "summary": "涉嫌销售不合格商品",
        "trader": "云汀百货",
        "intake_unit": "S01",
        "consumer": "",
    }
    assert (report["linked_to"], report["trader_address"]) == (case, "示范大道 2 号")
    assert (shown["procedure"]["linked"], report["procedure"]["linked"]) == ([report["code"]], [case])
    assert network.clock(report["code"], "verify")["start"] == "2026-06-03"
    network.refused(network.step(case, "turn-into-case", by=handler, why="x"), 409, "case.done")
    assert shown["status"] == "accepted", "the mediation goes on"


def test_a_complaint_is_tied_to_a_report_that_there_is(network: Network) -> None:
    case = lead(network)
    network.took(case, "lead")
    known = network.register("2026-06-03", kind="report")
    other = network.register("2026-06-03", kind="report", trader="滨河家居城")
    network.refused(network.step(case, "turn-into-case", original=other, why="x"), 409, "case.not_same")
    network.took(case, "turn-into-case", original=known, why="同一违法行为")
    assert network.show(known)["procedure"]["linked"] == [case]
    assert network.show(case)["procedure"]["linked"] == [known]


def test_a_reporter_may_withdraw_and_the_suspicion_is_verified_all_the_same(network: Network, report: str) -> None:
    network.took(report, "withdraw", "2026-06-02")
    assert (network.show(report)["status"], network.clock(report, "verify")["state"]) == ("assigned", "running")
    network.took(report, "conclude", "2026-06-03", outcome="filed")


def test_nobody_begins_the_own_clock_anew(network: Network, report: str) -> None:
    """New facts come in where cases come in; whoever handles the report prolongs their own time in no way."""
    handler = network.by("P2", "staff", person="P2")
    for step in ("extend", "restart"):
        network.refused(network.step(report, step, by=handler, why="新线索"), 403)
        assert step not in network.show(report, handler)["may"]
    network.took(report, "restart", why="新线索")
