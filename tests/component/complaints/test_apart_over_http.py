"""角色错位, tried with every command there is: reports, entrusted cases and an association's own, by everybody, naming anybody."""

import pytest
from flask.testing import FlaskClient

from tests.component.complaints.every_step import EVERY_STEP
from tests.component.complaints.network import Network, network

__all__ = ["network"]
TO_THE_ASSOCIATION = {"unit": "A01", "handler": "P5", "entrusted": True}


def of_the_association(network: Network) -> list[FlaskClient]:
    """Its head, one of its people, and one of its people with every role of the bureau's."""
    return [
        network.by("head.A01", heads="A01"),
        network.by("P5", "staff", person="P5"),
        network.by("P5.too", "complaints_centre", "office", "leader", person="P5", heads="S01"),
    ]


def members(step: str) -> dict[str, object]:
    """What ``step`` may say of the association, beside or instead of what it says."""
    said = EVERY_STEP[step]
    if step == "correct":
        return {**said, "event": 2, "changes": {"unit": "A01", "handler": "P5"}}
    return {**said, **{name: value for name, value in TO_THE_ASSOCIATION.items() if name in said or step == "assign"}}


def reach(network: Network, status: str) -> str:
    """A report that came so far."""
    report = network.register("2026-06-01", kind="report")
    steps = {
        "registered": [],
        "taken_up": [("take-up", {})],
        "concluded": [("conclude", {"outcome": "filed"}), ("end-filed", {})],
        "archived": [("conclude", {"outcome": "not_filed"}), ("archive", {}), ("pass-archive", {})],
        "transferring": [("transfer", {"other_bureau": "x", "why": "x"})],
    }[status]
    if status != "registered":
        network.took(report, "assign", unit="S01", handler="P2")
    for step, said in steps:
        by = network.by("P8", person="P8", heads="S01") if step in ("take-up", "pass-archive") else None
        network.took(report, step, by=by, **said)
    return report


@pytest.mark.parametrize("status", ["registered", "taken_up", "concluded", "archived", "transferring"])
def test_no_command_brings_a_report_to_an_association(network: Network, status: str) -> None:
    report = reach(network, status)
    tries = of_the_association(network)
    for step in EVERY_STEP:
        for by in tries if status == "taken_up" else tries[-1:]:
            network.refused(network.step(report, step, by=by, **members(step)), 403)
        network.step(report, step, "2026-06-02", **members(step))  # the centre may, or may not: it never gets there
        shown = network.show(report)
        held = (shown["unit"], shown["handler"], shown["procedure"]["mediator"], shown["entrusted_to"])
        assert not {"A01", "P5"} & set(held), step
        assert (shown["organisation"], shown["kind"], shown["entrusted"]) == ("bureau", "report", False), step
    for by in tries[:2]:
        assert report not in by.get("/api/v1/cases").text
        assert by.get(f"/api/v1/cases/{report}").status_code == 403


def entrusted(network: Network) -> str:
    case = network.register("2026-06-01")
    network.took(case, "assign", unit="S01", handler="P2")
    network.took(case, "accept", "2026-06-02")
    for party in ("consumer", "trader"):
        network.took(case, "consent", party=party, matter="entrusting")
    network.took(case, "entrust", unit="A01", handler="P5")
    return case


def test_an_entrusted_association_mediates_and_reports_back_and_nothing_else(network: Network) -> None:
    case = entrusted(network)
    may = {"mediate", "contact", "report-back"}
    for step in EVERY_STEP:
        for by in of_the_association(network) if step not in may else ():
            network.refused(network.step(case, step, by=by, **members(step)), 403)
    assert network.show(case)["status"] == "entrusted"
    for by in of_the_association(network)[:2]:
        assert {one.replace("_", "-") for one in network.show(case, by)["may"]} == may
    shown = network.show(case)
    assert (shown["unit"], shown["handler"], shown["organisation"]) == ("S01", "P2", "bureau")


def test_while_it_is_entrusted_the_bureau_decides_nothing_over_the_associations_head(network: Network) -> None:
    case, handler = entrusted(network), network.by("P2", "staff", person="P2")
    for step in (
        "conclude",
        "pause",
        "assign",
        "refuse",
        "appoint",
        "decide-recusal",
        "transfer",
        "archive",
        "publish",
    ):
        assert network.step(case, step, by=handler, **EVERY_STEP[step]).status_code in (403, 409), step
    network.took(case, "recall", by=network.by("head.S01", heads="S01"), why="改由本局调解")
    for by in of_the_association(network):
        network.refused(network.step(case, "mediate", by=by), 403)


def test_no_command_makes_an_associations_case_the_bureaus(network: Network) -> None:
    head = network.by("head.A01", heads="A01")
    own = network.register("2026-06-01", head, intake_unit="A01")
    other = network.register("2026-06-01")
    bureau = [
        network.centre,
        network.by("head.S01", heads="S01"),
        network.by("P2.A01", "complaints_centre", person="P2", heads="A01"),
    ]
    for step, said in EVERY_STEP.items():
        for by in bureau:
            network.refused(network.step(own, step, by=by, **said), 403)
        to_the_bureau = {name: value for name, value in (("unit", "S01"), ("handler", "P2")) if name in said}
        network.step(own, step, by=head, **{**said, **to_the_bureau})
        shown = network.show(own, head)
        assert (shown["organisation"], shown["kind"], shown["deadlines"]) == ("association", "complaint", []), step
        assert shown["unit"] in (None, "A01"), step
        assert (shown["published_at"], shown["reported_as"], shown["merged_into"]) == (None, None, None), step
    for step in ("merge", "mark-repeat"):
        network.refused(network.step(other, step, original=own), 409, "case.roles")


def test_a_correction_makes_no_report_of_what_lies_with_an_association(network: Network) -> None:
    head = network.by("head.A01", heads="A01")
    own = network.register("2026-06-01", head, intake_unit="A01")
    wrong = {"event": 1, "changes": {"kind": "report"}, "why": "x"}
    network.refused(network.step(own, "correct", by=head, **wrong), 409, "case.roles")
    network.refused(network.step(entrusted(network), "correct", **wrong), 409, "case.follows")


def test_a_bureaus_person_who_heads_an_association_too_has_no_part_in_its_cases(network: Network) -> None:
    head = network.by("head.A01", heads="A01")
    own = network.register("2026-06-01", head, intake_unit="A01")
    both = network.by("P2.A01", "staff", person="P2", heads="A01")
    network.refused(network.step(own, "accept", by=both), 403)
    assert both.get("/api/v1/cases").json["items"] == []
