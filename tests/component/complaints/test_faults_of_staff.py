"""A case found justified against a member of staff: a grave one is told to the appraisal as a proposed veto."""

from typing import Any

from sqlalchemy import text

from services.complaints.usecases.figures import replay_state
from shared.actor import system
from shared.jsontext import loads
from tests.component.complaints.conftest import at
from tests.component.complaints.network import Network, network
from tests.component.complaints.test_settings_over_http import put

__all__ = ["network"]

FAULT = {"subject": "P6", "grave": True, "why": "上级转办，查实推诿"}


def concluded(network: Network) -> str:
    case = network.register("2026-06-01", number="TS-1")
    network.took(case, "assign", unit="S01", handler="P2")
    network.took(case, "accept")
    network.took(case, "conclude", outcome="settled")
    return case


def told(network: Network) -> list[dict[str, Any]]:
    statement = "SELECT body FROM complaints.outbox WHERE event = 'complaints.VetoProposed.v1' ORDER BY id"
    with network.world.service.engine.connect() as connection:
        return [state for body in connection.execute(text(statement)).scalars() for state in loads(body)]


def test_a_grave_finding_is_proposed_and_an_annulled_one_withdrawn(network: Network) -> None:
    case, centre = concluded(network), network.by("C1", "complaints_centre", person="P1")
    network.took(case, "find-fault", "2026-06-18", by=centre, **FAULT)
    (proposed,) = told(network)
    assert {name: proposed[name] for name in ("case", "number", "subject", "indicator", "status", "fact_on", "by")} == {
        "case": case, "number": "TS-1", "subject": "P6", "indicator": "01-03-04", "status": "proposed", "fact_on": "2026-06-18", "by": "P1",
    }  # fmt: skip
    network.took(case, "annul", "2026-06-19", event=5, why="复核后不成立")
    network.took(case, "annul", "2026-06-20", event=6, why="复核有误")
    states = told(network)
    assert [one["status"] for one in states] == ["proposed", "withdrawn", "proposed"]
    assert [one["revision"] for one in states] == [5, 6, 7]
    assert len({one["proposal"] for one in states}) == 1


def test_a_fault_that_comes_to_light_after_the_file_is_archived_is_found_still(network: Network) -> None:
    case = concluded(network)
    network.took(case, "archive")
    network.took(case, "pass-archive", by=network.by("checker", "complaints_centre"))
    network.took(case, "find-fault", "2026-06-18", **FAULT)
    refused = network.register("2026-06-01")
    network.took(refused, "refuse", ground="1")
    network.took(refused, "find-fault", "2026-06-18", **FAULT)
    assert [(one["case"], one["status"]) for one in told(network)] == [(case, "proposed"), (refused, "proposed")]


def test_what_is_not_grave_is_on_record_and_proposes_nothing(network: Network) -> None:
    case = concluded(network)
    network.took(case, "find-fault", "2026-06-18", **{**FAULT, "grave": False})
    network.took(case, "tell", "2026-06-18")
    assert told(network) == []
    assert network.centre.get(f"/api/v1/cases/{case}/history").json["events"][4]["given"] == {
        "subject": "P6",
        "grave": False,
    }


def test_nobody_judges_their_own_work(network: Network) -> None:
    case = concluded(network)
    handler = network.by("P2", "staff", person="P2", heads="S01")
    network.refused(network.step(case, "find-fault", by=handler, **FAULT), 403)
    head = network.by("head.S01", heads="S01", person="P6")
    network.refused(network.step(case, "find-fault", by=head, **FAULT), 409, "case.own_fault")
    network.refused(network.step(case, "find-fault", **{**FAULT, "subject": "P99"}), 409, "person.unknown")
    network.refused(network.step(case, "find-fault", **{**FAULT, "why": " "}), 422)
    open_ = network.register("2026-06-02")
    network.refused(network.step(open_, "find-fault", **FAULT), 409)


def test_a_consumer_that_lost_its_copy_is_told_again(network: Network) -> None:
    case = concluded(network)
    network.took(case, "find-fault", "2026-06-18", **FAULT)
    with network.world.service.begin(system("")) as session:
        assert replay_state(session, system(""), {}) == {"states": 1}
    first, again = told(network)
    assert first == again


def about(state: dict[str, Any]) -> tuple[str, str, str, str]:
    return state["status"], state["cycle"], state["fact_on"], state["subject"]


def stored(network: Network) -> list[dict[str, Any]]:
    statement = "SELECT status, cycle, fact_on::text, subject FROM complaints.veto_proposals ORDER BY revision, cycle"
    with network.world.service.engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(statement)).mappings()]


def test_a_finding_whose_day_is_corrected_is_told_and_stored_as_corrected(network: Network) -> None:
    case = concluded(network)
    network.took(case, "find-fault", "2026-06-18", **FAULT)
    network.took(case, "correct", "2026-06-19", event=5, happened_at=at("2026-06-17"), why="日期写错")
    network.took(case, "tell")
    states = told(network)
    assert [about(one) for one in states] == [
        ("proposed", "2026", "2026-06-18", "P6"),
        ("proposed", "2026", "2026-06-17", "P6"),
    ]
    assert len({one["proposal"] for one in states}) == 1
    assert [about(one) for one in stored(network)] == [about(states[-1])]


def test_a_finding_that_is_corrected_into_another_year_is_withdrawn_there_and_proposed_here(network: Network) -> None:
    case = concluded(network)
    network.took(case, "find-fault", "2027-01-04", **FAULT)
    network.took(case, "correct", event=5, happened_at=at("2026-12-31"), why="日期写错")
    first, withdrawn, proposed = told(network)
    assert (withdrawn["proposal"], about(withdrawn)) == (first["proposal"], ("withdrawn", "2027", "2027-01-04", "P6"))
    assert (proposed["proposal"] != first["proposal"], about(proposed)) == (
        True,
        ("proposed", "2026", "2026-12-31", "P6"),
    )
    network.took(case, "correct", event=5, happened_at=at("2027-01-03"), why="还是今年")
    again = told(network)[3:]
    assert {(one["proposal"], one["status"], one["cycle"]) for one in again} == {
        (proposed["proposal"], "withdrawn", "2026"),
        (first["proposal"], "proposed", "2027"),
    }


def test_what_was_proposed_keeps_its_indicator_whatever_is_set_since(network: Network) -> None:
    case = concluded(network)
    network.took(case, "find-fault", "2026-06-18", **FAULT)
    assert put(network, veto_indicator="01-03-01").status_code == 200
    network.took(case, "tell", "2026-06-18")
    assert [one["indicator"] for one in told(network)] == ["01-03-04"]


def test_nothing_that_was_written_about_a_report_leaves_with_its_veto_or_its_notices(network: Network) -> None:
    """Whoever reads the panel's list or a notice must not find out who reported (law 13)."""
    case = network.register("2026-06-01", kind="report", number="JB-1")
    network.took(case, "assign", unit="S01", handler="P2")
    secret = "举报人示范甲多次来电"
    network.took(case, "supervise", by=network.by("C1", "complaints_centre", person="P1"), why=secret)
    network.took(case, "answer-supervision", by=network.by("P2", "staff", person="P2"), why=secret)
    network.took(case, "conclude", outcome="not_filed")
    network.took(case, "find-fault", **{**FAULT, "why": secret})
    assert [one["reason"] for one in told(network)] == ["举报件 JB-1 查实有责"]
    with network.world.service.engine.connect() as connection:
        notices = connection.execute(text("SELECT content::text FROM complaints.case_notices")).scalars().all()
        outbox = connection.execute(text("SELECT body::text FROM complaints.outbox")).scalars().all()
    assert len(notices) >= 3
    assert not [one for one in (*notices, *outbox) if secret in one]
