"""Putting right over HTTP: consent to late times, who complained once a complaint turns out to be a report, mergers that are undone."""

from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import text

from tests.component.complaints.conftest import at
from tests.component.complaints.network import Network, network

__all__ = ["network"]

CONTACT = {"consumer": "示范甲", "phone": "13800000001", "address": "示范路1号", "id_number": "110101199001010011"}
TO_REPORT = {"event": 1, "changes": {"kind": "report"}, "why": "系举报"}


def test_a_time_that_is_corrected_late_needs_consent_and_is_marked(network: Network) -> None:
    case = network.register("2026-10-12")
    network.took(case, "assign", unit="S01", handler="P8")
    handler = network.by("P8", "staff", person="P8", heads="S01")
    network.took(case, "accept", "2026-10-22", handler)
    wrong = {"event": 3, "happened_at": at("2026-10-21"), "why": "录入时写错日期"}
    network.refused(network.step(case, "correct", "2026-11-29", handler, **wrong), 409, "case.late_entry")
    network.took(case, "allow-late", since="2026-10-20")
    network.took(case, "correct", by=handler, **wrong)
    network.post("case-figures/2026-10/close", None)
    facts = network.centre.get("/api/v1/case-figures/2026-10/P8").json["items"]
    assert {one["case_number"] for one in facts} == {network.show(one["code"])["number"] for one in facts}
    assert {one["figure"]: one["backdated"] for one in facts} == {"accepted_in_time": True, "accepted_cases": True}


def test_the_head_of_a_unit_moves_no_miss_and_undoes_nothing_from_above(network: Network) -> None:
    case, head = network.register("2026-10-12"), network.by("head.S01", heads="S01", person="P6")
    network.took(case, "assign", unit="S01", handler="P2")
    moved = {"event": 2, "changes": {"unit": "S02", "handler": "P3"}, "why": "错派"}
    network.refused(network.step(case, "correct", "2026-11-20", head, **moved), 403)
    network.refused(network.step(case, "annul", by=head, event=1, why="重复"), 403)
    network.took(case, "correct", **moved)
    network.post("case-figures/2026-10/close", None)
    told = network.centre.get("/api/v1/case-figures/2026-10").json["items"]
    figures = {one["subject"]: one["figures"]["accepted_in_time"]["denominator"] for one in told}
    assert (figures["S01"], figures["S02"]) == ("1", "0")


def test_a_late_dispatch_takes_no_miss_from_whoever_enters_it(network: Network) -> None:
    case, head = network.register("2026-10-12"), network.by("head.S01", heads="S01", person="P6")
    network.took(case, "assign", unit="S01", handler="P2")
    late = {"unit": "S02", "handler": "P3", "at": at("2026-10-13")}
    network.refused(network.step(case, "assign", "2026-10-23", head, **late), 409, "case.missed")
    network.refused(network.step(case, "assign", "2026-11-20", head, **late), 409, "case.missed")
    network.took(case, "assign", **late)
    facts = network.centre.get("/api/v1/case-figures/period?since=2026-10-01&until=2026-10-31&unit=S02").json["figures"]
    (told,) = [one for one in facts if one["figure"] == "accepted_in_time"]
    assert (told["numerator"], told["denominator"], told["backdated"]) == ("0", "1", 1)


def test_who_may_put_nothing_right_is_told_so_and_an_intake_head_may(network: Network) -> None:
    case = network.register("2026-06-01", intake_unit="S02")
    network.took(case, "assign", unit="S01", handler="P2")
    for name, heads, allowed in (("head.S02", "S02", True), ("head.S01", "S01", False)):
        shown = network.show(case, network.by(name, heads=heads))
        assert ("correct" in shown["may"]) is allowed
        assert ("annul" in {one["step"] for one in shown["why_not"]}) is not allowed


def stored(network: Network, case: str) -> tuple[Any, ...]:
    statement = "SELECT consumer, contact, person_keys, address_key FROM complaints.cases WHERE code = :case"
    with network.world.service.engine.connect() as connection:
        return tuple(connection.execute(text(statement), {"case": case}).one())


def test_a_complaint_that_is_corrected_to_a_report_forgets_who_complained(network: Network) -> None:
    case = network.register("2026-06-01", **CONTACT)
    assert stored(network, case)[1:] != (None, [], None)
    network.took(case, "correct", **TO_REPORT)
    assert stored(network, case) == ("", None, [], None)
    found = network.post("cases/similar", {"phone": CONTACT["phone"]}).json
    assert found == {"items": [], "complaints_of_person": 0}
    assert {network.show(case)[name] for name in CONTACT} == {""}
    network.took(case, "annul", event=2, why="确为投诉")
    assert (network.show(case)["kind"], stored(network, case)[1]) == ("complaint", None), "it is not remembered again"


def test_reports_that_were_corrected_before_forget_it_with_the_upgrade(network: Network) -> None:
    """The release before kept who complained where a complaint was corrected to a report."""
    kept, report = network.register("2026-06-01", **CONTACT), network.register("2026-06-01", **CONTACT)
    before = stored(network, kept)
    forget = import_module("services.complaints.migrations.versions.0007_reporters").FORGET
    with network.world.service.engine.begin() as connection:
        connection.execute(
            text("UPDATE complaints.cases SET kind = 'report', consumer = '示范甲' WHERE code = :c"), {"c": report}
        )
        connection.execute(text(forget))
    assert (stored(network, kept), stored(network, report)) == (before, ("", None, [], None))


def test_who_complained_stays_with_a_complaint_that_is_put_right_otherwise(network: Network) -> None:
    case = network.register("2026-06-01", **CONTACT)
    before = stored(network, case)
    network.took(case, "correct", event=1, changes={"trader": "滨河家居城"}, why="名称听错")
    assert stored(network, case) == before


def test_complaints_of_different_consumers_are_not_merged(network: Network) -> None:
    first, second = network.register("2026-06-01", **CONTACT), network.register("2026-06-01", **CONTACT)
    other = network.register("2026-06-01", consumer="示范乙", phone="13800000002")
    network.refused(network.step(other, "merge", original=first), 409, "case.not_same")
    network.took(second, "merge", original=first)


def test_a_name_alone_tells_the_same_person_where_one_of_them_gave_nothing_else(network: Network) -> None:
    called = network.register("2026-06-01", consumer="示范甲", phone="13800000001")
    wrote, stranger = (
        network.register("2026-06-01", consumer="示范 甲"),
        network.register("2026-06-01", consumer="示范乙"),
    )
    namesake = network.register("2026-06-01", consumer="示范甲", phone="13800000002")
    for other in (stranger, namesake):
        network.refused(network.step(other, "merge", original=called), 409, "case.not_same")
    network.took(wrote, "merge", original=called)


@pytest.mark.parametrize(
    "ended", [("refuse", {"ground": "1"}), ("withdraw", {}), ("transfer", {"other_bureau": "邻县局", "why": "x"})]
)
def test_nothing_is_merged_into_what_is_not_handled_any_more(network: Network, ended: Any) -> None:
    first, second = network.register("2026-06-01"), network.register("2026-06-01")
    network.took(first, ended[0], **ended[1])
    network.refused(network.step(second, "merge", original=first), 409, "case.not_handled")


def test_a_merger_is_undone_by_parting_only(network: Network) -> None:
    first, second = network.register("2026-04-20", kind="report"), network.register("2026-05-12", kind="report")
    network.took(second, "merge", original=first, new_facts=True)
    network.refused(network.step(second, "annul", event=2, why="x"), 409, "case.use_unmerge")
    network.refused(network.step(first, "annul", event=2, why="x"), 409, "case.use_unmerge")
    network.took(second, "unmerge", "2026-05-13", why="并非同一行为")
    network.refused(network.step(second, "annul", event=3, why="x"), 409, "case.use_unmerge")
    assert network.clock(first, "verify")["due"] == "2026-05-13"
