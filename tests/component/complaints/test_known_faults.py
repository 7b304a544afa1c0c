"""What went wrong before, over HTTP: each with the value that it gave and the answer that is right."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.component.complaints.conftest import at
from tests.component.complaints.network import Network, network

__all__ = ["network"]


def test_a_missed_deadline_stays_with_who_held_the_case(network: Network) -> None:
    case = network.register("2026-10-12")
    network.took(case, "assign", unit="S01", handler="P2")
    head = network.by("head.S01", heads="S01")
    network.took(case, "assign", "2026-11-20", head, unit="S02", handler="P3")
    network.post("case-figures/2026-10/close", None, now="2026-11-21")
    told = network.centre.get("/api/v1/case-figures/2026-10").json["items"]
    figures = {one["subject"]: one["figures"]["accepted_in_time"] for one in told}
    assert figures["S01"] == figures["P2"] == {"numerator": "0", "denominator": "1"}
    assert figures["S02"] == figures["P3"] == {"numerator": "0", "denominator": "0"}


@pytest.mark.parametrize(("given", "status", "code"), [
    ({"at": at("2026-04-29")}, 409, "case.late_entry"),
    ({"at": at("2099-01-01")}, 422, "case.future"),
    ({"at": at("2026-04-19")}, 409, "case.order"),
])  # fmt: skip
def test_claimed_times_are_held_against_the_present(network: Network, given: Any, status: int, code: str) -> None:
    case = network.register("2026-04-20")
    network.took(case, "assign", unit="S01", handler="P2")
    handler = network.by("P2", "staff", person="P2")
    network.refused(network.step(case, "accept", "2026-11-29", handler, **given), status, code)


def test_a_late_entry_needs_a_heads_consent_and_is_marked(network: Network) -> None:
    case = network.register("2026-04-20")
    network.took(case, "assign", unit="S01", handler="P2")
    handler, head = network.by("P2", "staff", person="P2"), network.by("head.S01", heads="S01")
    network.refused(network.step(case, "allow-late", "2026-11-29", handler, since="2026-04-20"), 403)
    network.took(case, "allow-late", by=head, since="2026-04-25")
    network.refused(network.step(case, "accept", by=handler, at=at("2026-04-24")), 409, "case.late_entry")
    network.took(case, "accept", by=handler, at=at("2026-04-29"))
    accepted = network.centre.get(f"/api/v1/cases/{case}/history").json["events"][-1]
    assert (accepted["name"], accepted["backdated"], accepted["account"]) == ("accept", True, "p2")
    assert accepted["recorded_at"].startswith("2026-11-29")
    network.post("case-figures/2026-04/close", None)
    facts = network.centre.get("/api/v1/case-figures/2026-04/P2").json["items"]
    assert {one["figure"]: one["backdated"] for one in facts} == {"accepted_in_time": True, "accepted_cases": True}


def test_nothing_is_received_in_the_future(network: Network) -> None:
    new = {"kind": "complaint", "intake_unit": "C01", "summary": "x", "trader": "y", "received_at": at("2027-06-01")}
    network.refused(network.post("cases", {"cases": [new]}, now="2026-11-29"), 422, "case.future")


def test_pauses_lie_between_receipt_and_conclusion(network: Network) -> None:
    report = network.register("2026-06-01", kind="report")
    network.refused(network.step(report, "pause", "2026-06-02", at=at("2026-05-01")), 409, "case.order")
    assert network.clock(report, "verify")["due"] == "2026-06-23"
    case = network.register("2026-06-01")
    network.took(case, "accept", "2026-06-02")
    network.took(case, "pause", "2026-06-20")
    network.refused(network.step(case, "conclude", at=at("2026-06-15"), outcome="settled"), 409, "case.order")


def test_time_is_a_ground_once_it_is_over(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "accept", "2026-06-01")
    ended = {"outcome": "terminated", "termination_ground": "5"}
    network.refused(network.step(case, "conclude", "2026-06-02", **ended), 409, "case.time_left")
    network.refused(network.step(case, "conclude", "2026-07-31", **ended), 409, "case.time_left")
    network.took(case, "conclude", "2026-08-01", **ended)


def test_a_restart_counts_from_the_last_receipt_and_wipes_no_miss(network: Network) -> None:
    report = network.register("2026-04-20", kind="report")
    network.took(report, "restart", "2026-05-12")
    network.took(report, "restart", at=at("2026-05-06"))
    assert network.clock(report, "verify")["due"] == "2026-06-02"
    missed = network.register("2026-06-01", kind="report")
    network.took(missed, "restart", "2026-06-25")
    states = [one["state"] for one in network.show(missed)["deadlines"]]
    assert states == ["late", "running"]


def test_an_earlier_receipt_that_is_entered_later_moves_no_clock_back(network: Network) -> None:
    report = network.register("2026-04-20", kind="report")
    network.took(report, "restart", "2026-05-12")
    network.took(report, "allow-late", since="2026-05-01")
    network.took(report, "restart", at=at("2026-05-01"))
    assert network.clock(report, "verify")["due"] == "2026-06-02"


def test_what_nobody_decided_is_overdue(network: Network) -> None:
    case = network.register("2026-04-20")
    network.today.now = network.today.moment("2026-11-29")
    assert (network.clock(case, "accept")["state"], network.show(case)["colour"]) == ("overdue", "overdue")
    assert [one["code"] for one in network.centre.get("/api/v1/cases?overdue=true").json["items"]] == [case]
    assert network.centre.get("/api/v1/cases?overdue=false").json["items"] == []


def test_a_date_beyond_the_calendar_is_told_as_provisional(network: Network) -> None:
    case = network.register("2026-11-20")
    network.took(case, "accept")
    assert (network.clock(case, "mediate")["due"], network.clock(case, "mediate")["provisional"]) == (
        "2027-01-19",
        True,
    )


@pytest.mark.parametrize("month", ["2026-11", "2026-12", "2027-01"])
def test_a_month_is_closed_when_it_is_over(network: Network, month: str) -> None:
    network.refused(network.post(f"case-figures/{month}/close", None, now="2026-11-29"), 409, "case_figures.month_open")


def test_a_repetition_is_of_the_same_person_and_can_be_undone(network: Network) -> None:
    first = network.register("2026-06-01", consumer="示范甲", phone="138 0000 0001")
    network.took(first, "accept", "2026-06-02")
    network.took(first, "conclude", "2026-06-03", outcome="settled")
    stranger = network.register("2026-06-10", consumer="示范甲", phone="13800000002")
    network.refused(network.step(stranger, "mark-repeat", original=first), 409, "case.not_same")
    again = network.register("2026-06-10", consumer="示范某甲", phone="+86 138-0000-0001")
    network.took(again, "mark-repeat", original=first)
    assert network.show(again)["repeat_of"] == first
    network.took(again, "unmark-repeat", why="不是同一事项")
    assert network.show(again)["repeat_of"] is None


def test_a_refusal_is_told(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "refuse", "2026-06-02", ground="1")
    network.took(case, "tell", "2026-06-03")
    assert network.show(case)["told_at"].startswith("2026-06-03")


@pytest.mark.parametrize(
    ("knew_on", "code"), [(None, "case.knew_on"), ("2023-06-01", "case.within_three_years"), ("2023-05-31", None)]
)
def test_the_ground_of_three_years_is_computed(network: Network, knew_on: str | None, code: str | None) -> None:
    case = network.register("2026-06-01")
    answer = network.step(case, "refuse", ground="4", knew_on=knew_on)
    if code:
        network.refused(answer, 409, code)
    else:
        assert answer.status_code == 200, answer.text


def test_a_number_is_unique_within_the_year_of_receipt(network: Network) -> None:
    network.register("2026-06-01", number="N1", received_at=at("2025-12-30"))
    network.register("2026-06-01", number="N1")
    new = {"kind": "complaint", "intake_unit": "C01", "summary": "x", "trader": "y", "number": "N1"}
    network.refused(network.post("cases", {"cases": [new]}), 422, "case.number_taken")


def test_an_association_numbers_its_cases_by_itself(network: Network) -> None:
    head = network.by("head.A01", heads="A01")
    own = {"intake_unit": "A01", "number": "N1"}
    cases = [network.register("2026-06-01", number="N1"), network.register("2026-06-01", head, **own)]
    shown = [network.show(case, by) for case, by in zip(cases, (None, head), strict=True)]
    assert [(one["organisation"], one["number"]) for one in shown] == [("bureau", "N1"), ("association", "N1")]
    again = {"kind": "complaint", "summary": "x", "trader": "y", **own}
    network.refused(network.post("cases", {"cases": [again]}, head), 422, "case.number_taken")


@pytest.mark.parametrize("wrong", [{"summary": "  "}, {"summary": ""}, {"trader": ""}, {"trader": "  "}])
def test_a_case_says_what_it_is_about_and_against_whom(network: Network, wrong: Any) -> None:
    new = {"kind": "complaint", "intake_unit": "C01", "summary": "x", "trader": "y", **wrong}
    network.refused(network.post("cases", {"cases": [new]}, now="2026-06-01"), 422)
    network.register("2026-06-01", kind="enquiry", trader="")


def test_a_report_has_no_agreement_to_perform(network: Network) -> None:
    report = network.register("2026-06-01", kind="report")
    network.took(report, "conclude", outcome="filed", perform_by="2026-07-01")
    network.refused(network.step(report, "perform"), 409)


def test_an_unknown_word_is_refused(network: Network) -> None:
    network.refused(network.centre.get("/api/v1/cases?status=foo"), 422)


def test_of_two_who_dispatch_at_once_one_is_told(network: Network) -> None:
    case = network.register("2026-06-01")
    seen = network.show(case)["revision"]
    by = [network.by("first", "complaints_centre"), network.by("second", "complaints_centre")]

    def assign(turn: int) -> int:
        body = {"cases": [{"case": case, "unit": f"S0{turn + 1}", "revision": seen}]}
        return int(by[turn].post("/api/v1/cases/assign", json=body).status_code)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(assign, range(2))) == [200, 409]
