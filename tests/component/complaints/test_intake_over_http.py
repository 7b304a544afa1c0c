"""Intake, over HTTP: mixed submissions, agents, joint complaints, supplements, doubles, what prompts a person to look closer."""

from typing import Any

import pytest

from tests.component.complaints.conftest import at
from tests.component.complaints.network import Network, network

__all__ = ["network"]

AGENT = {"name": "示范代理人", "phone": "139-0000-0009", "id_number": "110101199001010099", "powers": "special"}
TOGETHER = [
    {"name": "示范甲", "phone": "13800000011", "representative": True},
    {"name": "示范乙", "phone": "13800000012", "representative": True},
    {"name": "示范丙", "phone": "13800000013"},
]


def register_all(network: Network, now: str, **given: Any) -> list[dict[str, Any]]:
    plain = {"kind": "complaint", "intake_unit": "C01", "summary": "退款纠纷", "trader": "云汀百货"}
    answer = network.post("cases", {"cases": [{**plain, **given}]}, now=now)
    assert answer.status_code == 201, answer.text
    return list(answer.json["cases"])


def test_a_mixed_submission_is_split_into_two_linked_cases_by_one_command(network: Network) -> None:
    part = {"summary": "销售过期食品", "number": "R-1", "real_name": True}
    complaint, report = register_all(
        network, "2026-06-01", number="C-1", consumer="示范甲", request="退款", report=part
    )
    assert (complaint["number"], report["number"], report["linked_to"]) == ("C-1", "R-1", complaint["case"])
    one, two = network.show(complaint["case"]), network.show(report["case"])
    assert (one["kind"], one["linked_to"], one["consumer"], one["request"]) == (
        *("complaint", report["case"], "示范甲", "退款"),
    )
    assert (two["kind"], two["linked_to"], two["consumer"], two["request"]) == ("report", complaint["case"], "", "")
    assert (two["summary"], two["real_name"], two["trader"]) == ("销售过期食品", True, "云汀百货")
    assert {each["name"] for each in one["deadlines"]} == {"accept"}
    assert {each["name"] for each in two["deadlines"]} == {"verify"}
    network.took(complaint["case"], "withdraw", "2026-06-02")
    assert network.show(report["case"])["status"] == "registered", "each follows its own procedure"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "report"}, "case.kind"),
        ({"kind": "enquiry"}, "case.kind"),
        ({"intake_unit": "A01"}, "case.roles"),
        ({"number": "N-1", "report": {"summary": "x", "number": "N-1"}}, "case.number_taken"),
        ({"report": {"summary": " "}}, None),
    ],
)
def test_a_mixed_submission_that_cannot_be_changes_nothing(network: Network, given: Any, code: str | None) -> None:
    new = {
        "kind": "complaint",
        "intake_unit": "C01",
        "summary": "x",
        "trader": "y",
        "report": {"summary": "z"},
        **given,
    }
    network.refused(network.post("cases", {"cases": [new]}, now="2026-06-01"), 422, code)
    assert network.centre.get("/api/v1/cases").json["items"] == []


def test_two_cases_that_name_each_other_later_are_linked_both_ways(network: Network) -> None:
    complaint = network.register("2026-06-01")
    report = network.register("2026-06-01", kind="report", linked_to=complaint)
    assert network.show(complaint)["procedure"]["linked"] == [report]
    assert network.show(report)["procedure"]["linked"] == [complaint]
    (told,) = network.show(complaint)["related"]
    assert (told["relation"], told["case"], told["kind"]) == ("linked", report, "report")
    assert told["number"] == network.show(report)["number"]


def test_an_agent_without_a_mandate_stands_in_the_way_of_acceptance_until_it_is_handed_in(network: Network) -> None:
    case = network.register("2026-06-01", consumer="示范甲", agent=AGENT)
    network.refused(network.step(case, "accept"), 409, "case.mandate")
    assert "授权委托书" in {one["step"]: one["zh"] for one in network.show(case)["why_not"]}["accept"]
    network.took(case, "ask-supplement", materials=["mandate", "identity"], supply_by="2026-06-08", why="代理手续不全")
    network.refused(network.step(case, "ask-supplement", materials=["facts"], supply_by="2026-06-09"), 409, "case.done")
    network.took(case, "supplement", "2026-06-03", materials=["identity"])
    asked = network.show(case)["procedure"]["supplements"][0]
    assert (asked["lacking"], asked["supplied_at"], asked["supply_by"]) == (["mandate"], None, "2026-06-08")
    network.took(case, "supplement", "2026-06-04", materials=["mandate"])
    shown = network.show(case)
    assert (shown["procedure"]["parties"]["mandate"], shown["procedure"]["supplements"][0]["lacking"]) == (True, [])
    assert (shown["agent"]["name"], shown["agent"]["powers"]) == ("示范代理人", "special")
    network.refused(network.step(case, "supplement", materials=["facts"]), 409, "case.no_supplement")
    network.took(case, "accept")


def test_a_supplement_moves_no_deadline_and_the_other_reading_stands_beside_it(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "ask-supplement", "2026-06-02", materials=["facts"], supply_by="2026-06-08")
    network.took(case, "supplement", "2026-06-04", materials=["facts"])
    clock = network.clock(case, "accept")
    assert clock["due"] == "2026-06-10", "令121 leaves it open; by default it does not pause"
    assert {one["reading"]: one["due"] for one in clock["others"]}["supplement_pauses"] == "2026-06-12"


def test_a_joint_complaint_needs_two_representatives(network: Network) -> None:
    alone = [{**one, "representative": False} for one in TOGETHER]
    case = network.register("2026-06-01", consumer="示范甲", together=alone)
    network.refused(network.step(case, "accept"), 409, "case.representatives")
    network.took(case, "represent", together=TOGETHER)
    shown = network.show(case)
    assert [one["name"] for one in shown["together"] if one["representative"]] == ["示范甲", "示范乙"]
    assert (shown["procedure"]["parties"]["together"], shown["consumer"]) == (3, "示范甲")
    network.took(case, "accept")
    new = {"kind": "complaint", "intake_unit": "C01", "summary": "x", "trader": "y", "together": TOGETHER[:1]}
    network.refused(network.post("cases", {"cases": [new]}), 422, "case.together")
    report = {**new, "kind": "report", "together": TOGETHER}
    network.refused(network.post("cases", {"cases": [report]}), 422, "case.reporter_named")


def test_agents_and_representatives_are_sealed_and_told_to_who_handles_the_case(network: Network) -> None:
    case = network.register("2026-06-01", agent=AGENT, together=TOGETHER)
    network.took(case, "represent", agent={**AGENT, "name": "示范新代理", "mandate": True}, together=TOGETHER)
    history = network.centre.get(f"/api/v1/cases/{case}/history").text
    with network.world.service.engine.connect() as connection:
        stored = connection.exec_driver_sql(
            "SELECT (SELECT string_agg(c::text, '') FROM complaints.cases c) || (SELECT string_agg(e::text, '') FROM"
            " complaints.case_events e) || (SELECT string_agg(a::text, '') FROM complaints.audit a)"
        ).scalar_one()
    for secret in ("示范代理人", "示范新代理", "139-0000-0009", "示范乙", "13800000012"):
        assert secret not in history + stored
    assert network.show(case)["agent"]["name"] == "示范新代理"
    auditor = network.show(case, network.by("auditor", "auditor"))
    assert (auditor["agent"], auditor["together"], auditor["signs"]) == (None, [], [])
    assert auditor["procedure"]["parties"]["has_agent"] is True


@pytest.mark.parametrize(("identity", "code"), [("confirmed", "case.identity"), ("declined", None), ("false", None)])
def test_ground_6_rests_on_an_identity_check(network: Network, identity: str, code: str | None) -> None:
    case = network.register("2026-06-01")
    network.refused(network.step(case, "refuse", ground="6"), 409, "case.identity")
    network.took(case, "check-identity", identity=identity)
    accepted = network.step(case, "accept") if code is None else None
    if accepted is not None:
        network.refused(accepted, 409, "case.identity")
    answer = network.step(case, "refuse", ground="6")
    if code:
        network.refused(answer, 409, code)
    else:
        assert answer.status_code == 200, answer.text


def test_who_complained_before_is_pointed_out_at_registration(network: Network) -> None:
    for number in range(3):
        (one,) = register_all(network, "2026-06-01", consumer="示范甲", phone="138 0000 0001")
        assert one["complaints_of_person"] == number
    (other,) = register_all(network, "2026-06-01", consumer="示范甲", phone="13900000002")
    assert other["complaints_of_person"] == 0


def test_signs_prompt_a_person_and_refuse_nothing(network: Network) -> None:
    person = {"consumer": "示范甲", "phone": "13800000001", "id_number": "110101199001010011", "address": "示范路 1 号"}
    for day in range(1, 5):
        network.register(f"2026-06-0{day}", **person)
    network.register("2026-06-05", **person, trader="滨河家居城")
    network.register("2026-06-05", **person, trader="青樟山货铺")
    case = network.register("2026-06-05 11:00", **person)
    told = {one["sign"]: one["cases"] for one in network.show(case)["signs"]}
    assert told == {"frequency": 7, "mass": 3}
    shared = {**person, "id_number": "110101199001010022", "consumer": "示范乙"}
    neighbour = {"consumer": "示范丙", "phone": "13800000003", "address": "示范路1号"}
    case = network.register("2026-06-06", **shared)
    assert {one["sign"] for one in network.show(case)["signs"]} == {"frequency", "shared_contact"}
    nobody = network.register("2026-06-06")
    network.register("2026-06-06", consumer="示范丁")
    assert network.show(nobody)["signs"] == []
    case = network.register("2026-06-06", **neighbour)
    assert {one["sign"] for one in network.show(case)["signs"]} == {"shared_address"}
    network.took(case, "accept")


def test_new_facts_restart_the_clock_from_their_receipt_and_parting_undoes_it(network: Network) -> None:
    first = network.register("2026-04-20", kind="report")
    second = network.register("2026-05-12", kind="report")
    same = network.register("2026-05-14", kind="report")
    network.took(same, "merge", original=first)
    assert network.clock(first, "verify")["due"] == "2026-05-13", "the same facts again: the first clock runs on"
    network.took(second, "merge", "2026-05-15", original=first, new_facts=True)
    assert network.clock(first, "verify")["due"] == "2026-06-02", "from the receipt, not from the day of merging"
    shown = network.show(first)
    assert shown["procedure"]["merged_from"] == [second, same]
    assert [(one["relation"], one["case"]) for one in shown["related"]] == [
        ("merged_from", second),
        ("merged_from", same),
    ]
    (into,) = network.show(second)["related"]
    assert (into["relation"], into["number"], into["status"]) == ("merged_into", shown["number"], shown["status"])
    network.took(second, "unmerge", "2026-05-16", why="并非同一违法行为")
    assert network.clock(first, "verify")["due"] == "2026-05-13"
    events = network.centre.get(f"/api/v1/cases/{first}/history").json["events"]
    assert [(one["name"], one["annulled"]) for one in events] == [
        *(("register", False), ("restart", True), ("annul", False)),
    ]


def test_the_last_receipt_counts_whatever_the_order_of_merging(network: Network) -> None:
    first = network.register("2026-04-20", kind="report")
    late = network.register("2026-05-12", kind="report")
    early = network.register("2026-05-12 11:00", kind="report", received_at=at("2026-05-06"))
    network.took(late, "merge", original=first, new_facts=True)
    network.took(early, "merge", original=first, new_facts=True)
    assert network.clock(first, "verify")["due"] == "2026-06-02"


def test_who_handles_a_report_begins_its_clock_anew_by_no_merger(network: Network) -> None:
    first = network.register("2026-04-20", kind="report")
    network.took(first, "assign", unit="S01", handler="P2")
    second = network.register("2026-05-12", kind="report")
    handler = network.by("both", "complaints_centre", person="P2")
    network.refused(network.step(first, "restart", by=handler), 403, "case.forbidden")
    network.refused(network.step(second, "merge", by=handler, original=first, new_facts=True), 403, "case.forbidden")
    assert network.clock(first, "verify")["due"] == "2026-05-13"
    network.took(second, "merge", by=handler, original=first)
    assert network.clock(first, "verify")["due"] == "2026-05-13", "the same facts begin no clock anew"


def test_cases_are_not_merged_into_each_other_in_a_circle(network: Network) -> None:
    first, second = network.register("2026-06-01"), network.register("2026-06-01")
    steps = [
        {"case": first, "step": "merge", "original": second},
        {"case": second, "step": "merge", "original": first},
    ]
    network.refused(network.post("cases/steps", {"steps": steps}), 409, "case.not_same")
    network.refused(network.step(first, "merge", original=first), 409, "case.unknown")
    network.refused(network.step(first, "merge", original=second, new_facts=True), 409, "case.kind")


def test_a_case_is_merged_only_into_one_that_is_seen(network: Network) -> None:
    mine, other = network.register("2026-06-01"), network.register("2026-06-01")
    network.took(mine, "assign", unit="S01")
    network.took(other, "assign", unit="S02", handler="P3")
    head = network.by("head.S01", heads="S01")
    network.refused(network.step(mine, "merge", by=head, original=other), 403)
