"""Who may do what, over HTTP: 角色错位 with every step, more roles at once, who sees what, nobody on their own work."""

import pytest

from tests.component.complaints.conftest import at
from tests.component.complaints.every_step import EVERY_STEP
from tests.component.complaints.network import Network, network

__all__ = ["network"]


def test_a_report_never_lies_with_an_association(network: Network) -> None:
    new = {"kind": "report", "intake_unit": "A01", "summary": "x", "trader": "y"}
    network.refused(network.post("cases", {"cases": [new]}, now="2026-06-01"), 422, "case.roles")
    report = network.register("2026-06-01", kind="report")
    network.refused(network.step(report, "assign", unit="A01"), 409, "case.roles")
    network.refused(network.step(report, "entrust", unit="A01"), 409, "case.kind")


def test_the_association_gets_round_nothing(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2")
    network.refused(network.step(case, "assign", unit="A01", entrusted=True), 409, "case.roles")
    for party in ("consumer", "trader"):
        network.took(case, "consent", party=party, matter="entrusting")
    network.refused(network.step(case, "entrust", unit="A01"), 409, "case.state")
    network.took(case, "accept", "2026-06-02")
    network.refused(network.step(case, "entrust", unit="S02"), 409, "case.roles")
    network.took(case, "entrust", unit="A01", handler="P5")
    head, mediator = network.by("head.A01", heads="A01"), network.by("P5", "staff", person="P5")
    powerful = network.by("P5.too", "complaints_centre", person="P5", heads="S01")
    for step, said in EVERY_STEP.items():
        for by in () if step in ("mediate", "contact", "report-back") else (head, mediator, powerful):
            network.refused(network.step(case, step, by=by, **said), 403)
    network.took(case, "mediate", "2026-06-05", mediator)
    assert network.show(case, mediator)["may"] == ["contact", "mediate", "report_back"]
    network.took(case, "report-back", "2026-06-08", mediator, why="双方愿意和解")
    network.refused(network.step(case, "mediate", by=mediator), 403)
    network.took(case, "conclude", "2026-06-09", outcome="settled")
    assert (network.show(case)["unit"], network.show(case)["organisation"]) == ("S01", "bureau")


def test_an_associations_own_case_is_nobodys_of_the_bureau(network: Network) -> None:
    head = network.by("head.A01", heads="A01")
    own = network.register("2026-06-01", head, intake_unit="A01")
    for step, said in EVERY_STEP.items():
        network.refused(network.step(own, step, **said), 403)
    for step in ("extend", "pause", "restart", "supervise", "entrust", "lead", "end-filed", "publish", "transfer"):
        answer = network.step(own, step, by=head, **EVERY_STEP[step])
        network.refused(answer, 409)
    network.refused(network.step(own, "assign", by=head, unit="S01"), 409, "case.roles")
    network.took(own, "accept", by=head)
    network.took(own, "conclude", by=head, outcome="agreement")
    assert network.show(own, head)["deadlines"] == []


def test_two_roles_allow_what_either_allows(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01")
    both = network.by("head.C01", "complaints_centre", heads="C01")
    network.took(case, "assign", by=both, unit="S02", handler="P3")


def test_an_extension_is_approved_in_time_by_another(network: Network) -> None:
    report = network.register("2026-06-01", kind="report")
    network.took(report, "assign", unit="S01", handler="P8")
    network.refused(network.step(report, "extend", at=at("2020-01-01"), why="复杂"), 409, "case.order")
    own = network.by("P8", person="P8", heads="S01")
    network.refused(network.step(report, "extend", "2026-06-10", own, why="复杂"), 403)
    network.took(report, "extend", by=network.by("deputy.S01", person="P6", heads="S01"), why="复杂")


def test_nobody_follows_up_on_their_own_work(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P8")
    network.took(case, "accept", "2026-06-02")
    network.took(case, "conclude", "2026-06-03", outcome="settled")
    own = network.by("P8", "complaints_centre", person="P8", heads="S01")
    network.refused(network.step(case, "follow-up", by=own, answered=True, satisfaction="very_satisfied"), 403)
    network.took(case, "follow-up", answered=True, satisfaction="very_satisfied")


def test_who_registered_reads_the_case_and_the_unit_sees_what_nobody_has_yet(network: Network) -> None:
    clerk = network.by("P1", "staff", person="P1")
    case = network.register("2026-06-01", clerk, consumer="示范甲")
    network.took(case, "assign", unit="S01")
    assert network.show(case, clerk)["consumer"] == "示范甲"
    member, stranger = network.by("P6", "staff", person="P6"), network.by("P3", "staff", person="P3")
    assert [one["code"] for one in member.get("/api/v1/cases").json["items"]] == [case]
    assert stranger.get("/api/v1/cases").json["items"] == []
    assert network.show(case, member)["consumer"] == ""
    assert stranger.get(f"/api/v1/cases/{case}").status_code == 403
    network.took(case, "assign", unit="S01", handler="P2")
    assert member.get("/api/v1/cases").json["items"] == []


@pytest.mark.parametrize("nowhere", ["K01", "B00", "A01"])
def test_cases_go_to_units_that_handle_them(network: Network, nowhere: str) -> None:
    case = network.register("2026-06-01")
    network.refused(network.step(case, "assign", unit=nowhere), 409)


def test_messages_are_chinese(network: Network) -> None:
    case = network.register("2026-06-01")
    for step, said in EVERY_STEP.items():
        answer = network.step(case, step, **said)
        for one in [answer.json, *answer.json.get("errors", [])] if answer.status_code >= 400 else []:
            assert any("一" <= letter <= "鿿" for letter in one["zh"]), answer.text
