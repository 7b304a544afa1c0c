"""Why a paper was voided and what proves a notification: somebody wrote it, and who has no part in the case is told it masked."""

import pytest

from tests.component.complaints.network import Network, network
from tests.component.complaints.test_papers_over_http import accepted, made, quick, store

__all__ = ["network", "quick", "store"]

PHONE, TEXT = "13812345678", "投诉人来电13812345678确认"


@pytest.fixture
def case(network: Network) -> str:
    case = accepted(network)
    paper = made(network, case, "acceptance")["paper"]
    assert network.post(f"cases/{case}/papers/{paper}/void", {"why": TEXT}).json["why"] == TEXT
    (row,) = network.centre.get(f"/api/v1/cases/{case}/notifications").json["items"]
    told = network.post(f"cases/{case}/notifications/{row['notification']}/tell", {"way": "phone", "proof": TEXT})
    assert told.json["proof"] == TEXT
    return case


def test_who_handles_the_case_reads_what_was_written(network: Network, case: str) -> None:
    for part, member in (("papers", "why"), ("notifications", "proof")):
        (one,) = network.centre.get(f"/api/v1/cases/{case}/{part}").json["items"]
        assert one[member] == TEXT


def test_who_has_no_part_in_it_reads_it_masked(network: Network, case: str) -> None:
    office = network.by("office", "office")
    for part in ("papers", "notifications"):
        answer = office.get(f"/api/v1/cases/{case}/{part}")
        assert len(answer.json["items"]) == 1
        assert PHONE not in answer.text


def test_lists_and_the_trail_are_masked_for_everybody(network: Network, case: str) -> None:
    for where in ("case-papers?unit=S01&year=2026&kind=acceptance", "case-notifications"):
        answer = network.centre.get(f"/api/v1/{where}")
        assert len(answer.json["items"]) == 1
        assert PHONE not in answer.text
    auditor = network.by("auditor", "auditor")
    for action in ("case.paper_voided", "case.notified"):
        trail = auditor.get(f"/api/v1/audit-trails/complaints?action={action}")
        assert [one["subject"] for one in trail.json["items"]] == [case]
        assert PHONE not in trail.text
