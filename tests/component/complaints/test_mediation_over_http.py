"""Mediation, over HTTP: meetings and who came, refusals, recusal decided by another, appraisal, how it ends."""

from typing import Any

import pytest

from tests.component.complaints.conftest import at
from tests.component.complaints.network import Network, network

__all__ = ["network"]


@pytest.fixture
def accepted(network: Network) -> str:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2")
    network.took(case, "accept", "2026-06-02")
    for party in ("consumer", "trader"):
        network.took(case, "consent", party=party)
    return case


def absent(network: Network, case: str, **more: Any) -> Any:
    return network.step(case, "attend", party="trader", attendance="absent", **more)


def test_a_meeting_is_arranged_attended_and_an_absence_proved(network: Network, accepted: str) -> None:
    handler = network.by("P2", "staff", person="P2")
    network.refused(absent(network, accepted), 409, "case.no_appointment")
    past = {"appointed_for": at("2026-06-01")}
    network.refused(network.step(accepted, "appoint", "2026-06-03", handler, **past), 409, "case.order")
    meeting = {"appointed_for": at("2026-06-10 14:00"), "mode": "remote", "place": "视频调解室"}
    network.took(accepted, "appoint", by=handler, **meeting)
    network.refused(absent(network, accepted, proof="x"), 409, "case.order")
    network.today.now = network.today.moment("2026-06-10 15:00")
    network.refused(absent(network, accepted), 409, "case.proof")
    assert absent(network, accepted, proof="送达回证 3 号，电话录音").status_code == 200
    network.took(accepted, "attend", party="consumer", attendance="present")
    (told,) = network.show(accepted)["procedure"]["appointments"]
    assert (told["mode"], told["place"]) == ("remote", "视频调解室")
    assert {one["party"]: (one["attendance"], one["proof"]) for one in told["attendances"]} == {
        "trader": ("absent", "送达回证 3 号，电话录音"),
        "consumer": ("present", ""),
    }


def test_attendance_belongs_to_the_meeting_that_is_named(network: Network, accepted: str) -> None:
    first, second = at("2026-06-04"), at("2026-06-08")
    for meeting in (first, second):
        network.took(accepted, "appoint", "2026-06-03", appointed_for=meeting)
    network.took(accepted, "attend", "2026-06-09", party="trader", attendance="present", appointed_for=first)
    network.took(accepted, "attend", party="trader", attendance="excused")
    told = network.show(accepted)["procedure"]["appointments"]
    assert [[one["attendance"] for one in meeting["attendances"]] for meeting in told] == [["present"], ["excused"]]
    unknown = {"party": "trader", "attendance": "present", "appointed_for": at("2026-06-05")}
    network.refused(network.step(accepted, "attend", **unknown), 409, "case.no_appointment")


@pytest.mark.parametrize("how", ["absent", "decline"])
def test_staying_away_is_a_ground_once_it_is_on_record_and_the_record_stays(
    network: Network, accepted: str, how: str
) -> None:
    ended = {"outcome": "terminated", "termination_ground": "2"}
    network.refused(network.step(accepted, "conclude", "2026-06-03", **ended), 409, "case.absence")
    network.took(accepted, "appoint", appointed_for=at("2026-06-04"))
    network.today.now = network.today.moment("2026-06-05")
    network.took(accepted, "attend", party="trader", attendance="excused")
    network.refused(network.step(accepted, "conclude", **ended), 409, "case.absence")
    if how == "absent":
        assert absent(network, accepted, proof="送达回证").status_code == 200
    else:
        network.took(accepted, "decline", party="trader")
    network.took(accepted, "conclude", "2026-06-06", **ended)
    last = network.centre.get(f"/api/v1/cases/{accepted}/history").json["events"][-2]["number"]
    network.refused(network.step(accepted, "annul", event=last, why="x"), 409, "case.follows")


def test_under_the_old_rule_staying_away_is_ground_three(network: Network) -> None:
    case = network.register("2026-03-02")
    network.took(case, "accept", "2026-03-03")
    ended = {"outcome": "terminated", "termination_ground": "3"}
    network.refused(network.step(case, "conclude", "2026-03-04", **ended), 409, "case.absence")
    network.took(case, "decline", party="trader")
    network.took(case, "conclude", **ended)


def test_who_refuses_has_not_consented_and_may_consent_again(network: Network, accepted: str) -> None:
    network.took(accepted, "decline", "2026-06-03", party="trader")
    network.refused(network.step(accepted, "mediate"), 409, "case.consent")
    assert network.show(accepted)["procedure"]["declined"] == ["trader"]
    network.took(accepted, "consent", party="trader")
    network.took(accepted, "mediate")
    assert network.show(accepted)["procedure"]["declined"] == []


def test_a_recusal_suspends_the_mediation_and_is_decided_by_the_head_never_by_oneself(
    network: Network, accepted: str
) -> None:
    handler = network.by("P2", "staff", person="P2")
    network.took(accepted, "ask-recusal", "2026-06-04", handler, asked_by="consumer", why="与被投诉人是亲属")
    for step, said in (
        ("mediate", {}),
        ("appoint", {"appointed_for": at("2026-06-10")}),
        ("conclude", {"outcome": "settled"}),
    ):
        network.refused(network.step(accepted, step, by=handler, **said), 409, "case.recusal")
    decided = {"granted": True, "handler": "P6", "why": "属实"}
    network.refused(network.step(accepted, "decide-recusal", by=handler, **decided), 403)
    himself = network.by("P2.head", "complaints_centre", person="P2", heads="S01")
    network.refused(network.step(accepted, "decide-recusal", by=himself, **decided), 403)
    head = network.by("head.S01", heads="S01")
    network.refused(network.step(accepted, "decide-recusal", by=head, granted=True, why="x"), 409, "case.mediator")
    same = {**decided, "handler": "P2"}
    network.refused(network.step(accepted, "decide-recusal", by=head, **same), 409, "case.mediator")
    of_another = {**decided, "handler": "P5"}
    network.refused(network.step(accepted, "decide-recusal", by=head, **of_another), 409, "case.roles")
    network.took(accepted, "decide-recusal", "2026-06-08", head, **decided)
    network.refused(network.step(accepted, "decide-recusal", by=head, **decided), 409, "case.no_recusal")
    shown = network.show(accepted)
    assert (shown["procedure"]["mediator"], shown["handler"]) == ("P6", "P2")
    assert [(one["of"], one["granted"]) for one in shown["procedure"]["recusals"]] == [("P2", True)]
    network.refused(network.step(accepted, "mediate", by=handler), 403)
    network.refused(network.step(accepted, "name-mediator", by=head, handler="P2"), 409, "case.recused")
    mediator = network.by("P6", "staff", person="P6")
    network.took(accepted, "mediate", by=mediator)
    assert accepted in {one["code"] for one in mediator.get("/api/v1/cases").json["items"]}
    network.took(accepted, "conclude", "2026-06-09", mediator, outcome="agreement", form="statement")


def test_a_recusal_that_is_refused_leaves_the_mediator(network: Network, accepted: str) -> None:
    network.took(accepted, "name-mediator", "2026-06-03", handler="P6")
    network.took(accepted, "ask-recusal", asked_by="trader", why="曾投诉过调解员")
    clock = network.clock(accepted, "mediate")
    assert clock["due"] == "2026-08-01"
    network.took(accepted, "decide-recusal", "2026-06-05", granted=False, why="不属于回避情形")
    assert network.show(accepted)["procedure"]["mediator"] == "P6"
    others = {one["reading"]: one["due"] for one in network.clock(accepted, "mediate")["others"]}
    assert others["recusal_pauses"] == "2026-08-03"


def test_a_mediator_takes_no_step_beyond_the_mediation(network: Network, accepted: str) -> None:
    network.took(accepted, "name-mediator", "2026-06-03", handler="P6")
    mediator = network.by("P6", "staff", person="P6")
    may = set(network.show(accepted, mediator)["may"])
    assert may == {"contact", "consent", "decline", "appoint", "ask_recusal", "mediate", "conclude"}
    for step, said in (("pause", {}), ("lead", {}), ("withdraw", {}), ("entrust", {"unit": "A01"})):
        network.refused(network.step(accepted, step, by=mediator, **said), 403)
    network.refused(network.step(accepted, "name-mediator", by=mediator, handler="P8"), 403)


def test_a_case_that_moves_to_another_unit_leaves_its_mediator_behind(network: Network, accepted: str) -> None:
    network.took(accepted, "name-mediator", "2026-06-03", handler="P6")
    network.took(accepted, "assign", unit="S02", handler="P3")
    assert network.show(accepted)["procedure"]["mediator"] == "P3"


def test_an_appraisal_is_not_counted_and_names_its_body(network: Network, accepted: str) -> None:
    network.took(accepted, "pause", "2026-06-08", appraiser="示范检测中心", chosen_by="parties")
    network.took(accepted, "resume", "2026-06-18")
    assert network.clock(accepted, "mediate")["due"] == "2026-08-11"
    events = network.centre.get(f"/api/v1/cases/{accepted}/history").json["events"]
    assert events[-2]["given"] == {"appraiser": "示范检测中心", "chosen_by": "parties"}


def test_only_an_agreement_is_written_down_and_an_association_issues_no_paper_of_the_bureau(
    network: Network, accepted: str
) -> None:
    settled = {"outcome": "settled", "form": "record"}
    network.refused(network.step(accepted, "conclude", "2026-06-03", **settled), 409, "case.form")
    network.took(accepted, "conclude", outcome="agreement", form="record")
    assert network.show(accepted)["procedure"]["form"] == "record"
    head = network.by("head.A01", heads="A01")
    own = network.register("2026-06-03", head, intake_unit="A01")
    network.took(own, "accept", by=head)
    agreed = {"outcome": "agreement", "form": "statement"}
    network.refused(network.step(own, "conclude", by=head, **agreed), 409, "case.roles")
    network.took(own, "conclude", by=head, outcome="agreement", form="record")
