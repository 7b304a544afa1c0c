"""What a case file shows, over HTTP: contacts, histories, what was put right, choices."""

import pytest

from services.complaints.storage.tables import cases
from shared.actor import system
from tests.component.complaints.conftest import BUREAU, at
from tests.component.complaints.network import Network, network

__all__ = ["network"]

CONTACT = {
    "consumer": "示范某甲",
    "phone": "138-0000-0001",
    "address": "示范路 1 号",
    "id_number": "11010119900101001X",
}


def test_a_telephone_talk_is_registered_whole(network: Network) -> None:
    about = {
        "channel": "hotline",
        "goods": "手机",
        "amount": "1299.50",
        "request": "退货",
        "trader_address": "示范大道 2 号",
    }
    case = network.register("2026-06-01", **CONTACT, **about)
    shown = network.show(case)
    assert {name: shown[name] for name in {**CONTACT, **about}} == {**CONTACT, **about}
    assert (shown["intake_unit_name"], shown["registered_by"], shown["status"]) == ("C01", "centre", "registered")


def test_who_complained_is_in_no_list_no_history_and_not_readable_in_the_database(network: Network) -> None:
    case = network.register("2026-06-01", **CONTACT)
    history = network.centre.get(f"/api/v1/cases/{case}/history").text
    page = network.centre.get("/api/v1/cases").text
    with network.world.service.engine.connect() as connection:
        told = connection.exec_driver_sql(
            "SELECT (SELECT string_agg(c::text, '') FROM complaints.cases c) || (SELECT string_agg(e::text, '') FROM"
            " complaints.case_events e) || (SELECT string_agg(a::text, '') FROM complaints.audit a)"
        ).scalar_one()
    for secret in CONTACT.values():
        assert all(secret not in text for text in (history, page, told))
    auditor = network.by("auditor", "auditor")
    assert {network.show(case, auditor)[name] for name in CONTACT} == {""}


def test_a_history_shows_both_times_who_and_what_was_put_right(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2", on_behalf_of="C01 值班长")
    network.took(case, "accept", "2026-06-04", at=at("2026-06-03"))
    network.took(case, "correct", "2026-06-05", event=3, happened_at=at("2026-06-02"), why="录入时写错日期")
    network.refused(network.step(case, "correct", event=3, changes={}, why="x"), 422, "case.correct")
    network.refused(network.step(case, "correct", event=3, happened_at=at("2026-06-02")), 422)
    events = network.centre.get(f"/api/v1/cases/{case}/history").json["events"]
    assert [(one["number"], one["name"], one["corrected"], one["puts_right"]) for one in events] == [
        (1, "register", False, None),
        (2, "assign", False, None),
        (3, "accept", True, None),
        (4, "correct", False, 3),
    ]
    assert (events[1]["on_behalf_of"], events[3]["why"]) == ("C01 值班长", "录入时写错日期")
    assert (events[2]["happened_at"][:10], events[2]["recorded_at"][:10]) == ("2026-06-03", "2026-06-04")
    assert network.show(case)["decided_at"].startswith("2026-06-02")


def test_a_wrong_trader_and_a_wrong_outcome_are_put_right_and_a_case_is_voided(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "correct", event=1, changes={"trader": "滨河家居城"}, why="名称听错")
    network.took(case, "accept")
    network.took(case, "conclude", "2026-06-02", outcome="terminated", termination_ground="3")
    changes = {"outcome": "settled", "termination_ground": None, "recovered": "200"}
    network.took(case, "correct", event=4, changes=changes, why="选错")
    shown = network.show(case)
    assert [shown[name] for name in ("trader", "outcome", "termination_ground", "recovered")] == [
        *("滨河家居城", "settled", None, "200.00")
    ]
    wrong = {"outcome": "filed", "termination_ground": None}
    network.refused(network.step(case, "correct", event=4, changes=wrong, why="x"), 409, "case.outcome")
    network.took(case, "annul", event=1, why="重复登记")
    assert (network.show(case)["status"], network.show(case)["deadlines"]) == ("voided", [])
    network.took(case, "annul", event=6, why="并非重复")
    assert network.show(case)["status"] == "concluded"


def test_each_reader_is_told_what_they_may_and_why_not(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2")
    handler = network.by("P2", "staff", person="P2")
    shown = network.show(case, handler)
    assert {"take_up", "send_back", "accept", "refuse", "contact"} <= set(shown["may"])
    why_not = {one["step"]: one["zh"] for one in shown["why_not"]}
    assert "承办人本人" in why_not["follow_up"]
    assert "12315中心" in why_not["assign"]
    assert "尚未办结" in why_not["tell"]
    network.took(case, "take-up", by=handler)
    network.took(case, "send-back", by=handler, why="不属于本所辖区")
    assert (network.show(case)["returns"], network.show(case)["unit"]) == (1, None)


def test_doubles_are_merged_and_parted_with_both_histories_whole(network: Network) -> None:
    first, second = network.register("2026-06-01", kind="report"), network.register("2026-06-02", kind="report")
    network.took(second, "merge", original=first)
    merged = network.show(second)
    assert (merged["status"], merged["merged_into"], merged["deadlines"][0]["state"]) == ("merged", first, "ended")
    network.took(second, "unmerge", "2026-06-03", why="不是同一违法行为")
    parted = network.show(second)
    assert (parted["status"], parted["merged_into"], parted["deadlines"][0]["state"]) == ("registered", None, "running")


def test_a_mixed_submission_is_two_cases_that_know_of_each_other(network: Network) -> None:
    complaint = network.register("2026-06-01")
    report = network.register("2026-06-01", kind="report", linked_to=complaint)
    assert network.show(report)["linked_to"] == complaint
    unknown = "00000000-0000-7000-8000-000000000000"
    new = {"kind": "report", "intake_unit": "C01", "summary": "x", "trader": "y", "linked_to": unknown}
    network.refused(network.post("cases", {"cases": [new]}), 422, "case.unknown")


def test_an_enquiry_is_answered_and_has_no_clock(network: Network) -> None:
    enquiry = network.register("2026-06-01", kind="enquiry", trader="")
    network.took(enquiry, "answer", why="告知可通过 12315 平台投诉")
    shown = network.show(enquiry)
    assert (shown["status"], shown["outcome"], shown["deadlines"]) == ("concluded", "answered", [])


@pytest.mark.parametrize("column", ["consumer"])
def test_names_are_kept_sealed(network: Network, column: str) -> None:
    network.register("2026-06-01", **CONTACT)
    with network.world.service.begin(system(BUREAU)) as session:
        assert session.scalars(cases.select().with_only_columns(cases.c[column])).all() == [""]
