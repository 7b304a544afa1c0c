"""告知 over HTTP: owed from the decision on, recorded with its proof, listed while it is owed, counted when it was due."""

from typing import Any

import pytest

from tests.component.complaints.conftest import at
from tests.component.complaints.network import Network, network

__all__ = ["network"]


def of(network: Network, case: str) -> list[Any]:
    answer = network.centre.get(f"/api/v1/cases/{case}/notifications")
    assert answer.status_code == 200, answer.text
    return list(answer.json["items"])


def tell(network: Network, row: Any, by: Any = None, how: str = "tell", **said: Any) -> Any:
    given = {"way": "phone", "proof": "录音 0610-3", **said} if how == "tell" else said
    return network.post(f"cases/{row['case']}/notifications/{row['notification']}/{how}", given, by)


def told(network: Network, row: Any, now: str, by: Any = None, **said: Any) -> Any:
    network.today.now = network.today.moment(now)
    answer = tell(network, row, by, **said)
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.fixture
def case(network: Network) -> str:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2")
    return case


def test_the_way_that_was_asked_for_at_the_desk_stands_at_the_case_and_on_the_trail(network: Network) -> None:
    """Of both halves of a mixed submission; who asked for none has none."""
    mixed = network.register("2026-06-01", tell_by="letter", report={"summary": "无证经营"})
    (report,) = network.show(mixed)["procedure"]["linked"]
    plain = network.register("2026-06-01")
    wishes = {
        one: network.centre.get(f"/api/v1/cases/{one}/notifications").json["wish"] for one in (mixed, report, plain)
    }
    assert wishes == {mixed: "letter", report: "letter", plain: None}
    auditor = network.by("auditor", "auditor")
    trail = auditor.get("/api/v1/audit-trails/complaints?action=case.notification_wish_set").json["items"]
    assert {one["subject"] for one in trail} == {mixed, report}
    unknown = {"kind": "complaint", "intake_unit": "C01", "summary": "x", "trader": "y", "tell_by": "pigeon"}
    network.refused(network.post("cases", {"cases": [unknown]}), 422)


def test_a_decision_owes_a_notification_by_the_day_of_its_clock(network: Network, case: str) -> None:
    assert of(network, case) == []
    network.took(case, "accept", "2026-06-02")
    (row,) = of(network, case)
    assert (row["matter"], row["party"], row["due"], row["state"]) == ("acceptance", "consumer", "2026-06-10", "owed")
    assert (row["regime"], row["article"], row["unit"], row["handler"]) == ("令121", "第15条", "S01", "P2")
    done = told(network, row, "2026-06-03 11:00", network.by("P2", "staff", person="P2"), way="sms", proof="已送达")
    assert (done["state"], done["way"], done["proof"], done["recorded_by"]) == ("told", "sms", "已送达", "p2")
    network.refused(tell(network, row), 409, "notification.told")
    network.today.now = network.today.moment("2026-06-04")
    assert tell(network, row, how="receipt", received_on="2026-06-04").json["received_on"] == "2026-06-04"
    network.refused(tell(network, row, how="receipt", received_on="2026-06-04"), 409, "notification.received")


def test_both_parties_are_told_of_a_termination_and_the_step_follows_the_second(network: Network, case: str) -> None:
    network.took(case, "accept", "2026-06-02")
    network.took(case, "conclude", "2026-06-18", outcome="terminated", termination_ground="3")
    consumer, trader = (one for one in of(network, case) if one["matter"] == "termination")
    assert (consumer["party"], consumer["due"], trader["party"]) == ("consumer", "2026-06-30", "trader")
    told(network, consumer, "2026-06-19")
    assert network.show(case)["told_at"] is None
    told(network, trader, "2026-06-22 09:00", way="letter", proof="XA10086")
    assert network.show(case)["told_at"].startswith("2026-06-22T01:00")
    assert network.clock(case, "tell_termination")["done"] == "2026-06-22"


def test_the_step_alone_tells_that_it_was_done_and_leaves_its_proof_owed(network: Network, case: str) -> None:
    network.took(case, "refuse", "2026-06-02", ground="1")
    network.took(case, "tell", "2026-06-03")
    (row,) = of(network, case)
    assert (row["state"], row["way"]) == ("unproved", None)
    assert told(network, row, "2026-06-03 12:00")["state"] == "told"
    assert (
        len(
            [one for one in network.centre.get(f"/api/v1/cases/{case}/history").json["events"] if one["name"] == "tell"]
        )
        == 1
    )


def test_what_cannot_be_is_refused(network: Network, case: str) -> None:
    network.took(case, "accept", "2026-06-02")
    (row,) = of(network, case)
    network.refused(tell(network, row, at=at("2026-06-01")), 409, "case.order")
    network.refused(tell(network, row, at=at("2026-06-09")), 422, "case.future")
    network.refused(tell(network, row, proof="  "), 422, "notification.proof")
    network.refused(tell(network, row, received_on="2026-06-01"), 409, "case.order")
    network.refused(tell(network, row, how="receipt", received_on="2026-06-02"), 409, "notification.untold")
    other = network.by("P3", "staff", person="P3")
    network.refused(tell(network, row, other), 403)
    network.today.now = network.today.moment("2026-06-20")
    handler = network.by("P2", "staff", person="P2")
    network.refused(tell(network, row, handler, at=at("2026-06-03")), 409, "case.late_entry")
    assert tell(network, row, at=at("2026-06-03")).status_code == 200


def test_the_overdue_stand_first_in_the_list_of_who_must_tell(network: Network, case: str) -> None:
    network.took(case, "accept", "2026-06-02")
    second = network.register("2026-06-08")
    network.took(second, "assign", unit="S02", handler="P3")
    network.took(second, "accept", "2026-06-09")
    network.today.now = network.today.moment("2026-06-12")
    rows = network.centre.get("/api/v1/case-notifications?total=true").json
    assert [(one["case"], one["state"]) for one in rows["items"]] == [(case, "overdue"), (second, "owed")]
    overdue = network.centre.get("/api/v1/case-notifications?state=overdue").json["items"]
    assert [one["case"] for one in overdue] == [case]
    own = network.by("P3", "staff", person="P3").get("/api/v1/case-notifications").json["items"]
    assert [one["case"] for one in own] == [second]


def test_decided_and_told_counts_beside_the_figures_that_stand(network: Network, case: str) -> None:
    network.took(case, "accept", "2026-06-02")
    second = network.register("2026-06-01")
    network.took(second, "accept", "2026-06-03")
    (row,) = of(network, case)
    told(network, row, "2026-06-10 17:00")
    (late,) = of(network, second)
    told(network, late, "2026-06-11")
    where = "/api/v1/case-notifications/figures?since=2026-06-01&until=2026-06-30"
    figures = {one["figure"]: one for one in network.centre.get(where).json["figures"]}
    assert (figures["decided_and_told"]["value"], figures["decided_and_told"]["denominator"]) == ("50.00", 2)
    assert figures["result_told"]["value"] is None
    period = network.centre.get("/api/v1/case-figures/period?since=2026-06-01&until=2026-06-30").json
    assert [one["value"] for one in period["figures"] if one["figure"] == "accepted_in_time"] == ["100.00"]


def test_an_annulled_decision_owes_nothing_any_more(network: Network, case: str) -> None:
    network.took(case, "accept", "2026-06-02")
    number = network.centre.get(f"/api/v1/cases/{case}/history").json["events"][-1]["number"]
    network.took(case, "annul", "2026-06-03", event=number, why="误点")
    assert of(network, case) == []
    network.took(case, "refuse", "2026-06-03", ground="1")
    assert [one["matter"] for one in of(network, case)] == ["refusal"]


def test_what_was_recorded_wrongly_is_taken_back_and_the_trail_keeps_it(network: Network, case: str) -> None:
    network.took(case, "accept", "2026-06-02")
    (row,) = of(network, case)
    told(network, row, "2026-06-03")
    assert tell(network, row, how="take-back", why="录音编号写错").json["state"] == "owed"
    auditor = network.by("auditor", "auditor")
    trail = auditor.get("/api/v1/audit-trails/complaints?action=case.notification_taken_back").json["items"]
    assert [one["subject"] for one in trail] == [case]


def test_the_way_that_the_consumer_asked_for_is_kept(network: Network, case: str) -> None:
    put = network.by("P2", "staff", person="P2").put(f"/api/v1/cases/{case}/notifications/wish", json={"way": "sms"})
    assert put.json["wish"] == "sms"
    assert network.centre.get(f"/api/v1/cases/{case}/notifications").json["wish"] == "sms"
