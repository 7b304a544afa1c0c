"""After the conclusion, over HTTP: calls in four grades, work done again, the archive with its check, publication."""

from typing import Any

import pytest

from shared.vocabulary.complaints import GRADES
from tests.component.complaints.network import Network, network

__all__ = ["network"]
CROSS = {"answered": True, "satisfaction": "dissatisfied"}
SECRET = {"consumer": "示范某甲", "phone": "13800000001", "summary": "示范某甲买到坏手机", "request": "退给示范某甲"}


def concluded(network: Network, **said: Any) -> str:
    case = network.register("2026-06-01", trader_address="示范大道 2 号", goods="手机", **SECRET)
    network.took(case, "assign", unit="S01", handler="P2")
    network.took(case, "accept", "2026-06-02", network.by("P2", "staff", person="P2"))
    network.took(
        case, "conclude", "2026-06-10", network.by("P2", "staff", person="P2"), **{"outcome": "agreement", **said}
    )
    return case


@pytest.mark.parametrize("grade", GRADES)
def test_a_call_is_graded_in_four_grades(network: Network, grade: str) -> None:
    assert len(GRADES) == 4
    case = concluded(network)
    network.refused(network.step(case, "follow-up", answered=True, satisfaction="basically"), 422)
    network.took(case, "follow-up", answered=True, satisfaction=grade)
    assert network.show(case)["satisfaction"] == grade


def test_nobody_who_worked_on_a_case_calls_about_it_even_when_it_has_moved_on(network: Network) -> None:
    case = concluded(network)
    second = network.register("2026-06-10")
    network.took(second, "assign", unit="S01", handler="P8")
    network.took(second, "accept")
    network.took(second, "assign", "2026-06-11", unit="S02", handler="P3")
    network.took(second, "conclude", outcome="settled")
    former = network.by("P8", "complaints_centre", person="P8")
    network.refused(network.step(second, "follow-up", by=former, answered=True, satisfaction="satisfied"), 403)
    network.took(case, "follow-up", by=former, answered=True, satisfaction="satisfied")


def test_who_is_not_satisfied_is_heard_again_once_after_the_work_was_done_again(network: Network) -> None:
    case, handler = concluded(network), network.by("P2", "staff", person="P2")
    network.refused(network.step(case, "redo", by=handler, why="x"), 409, "case.satisfied")
    network.took(case, "follow-up", "2026-06-11", **CROSS)
    network.refused(network.step(case, "follow-up", **CROSS), 409, "case.followed_up")
    network.refused(network.step(case, "archive", by=handler), 409, "case.not_redone")
    network.took(case, "redo", "2026-06-12", handler, why="重新联系双方，补退差价")
    network.refused(network.step(case, "redo", by=handler, why="x"), 409, "case.done")
    network.took(case, "follow-up", "2026-06-15", answered=True, satisfaction="fair")
    network.refused(network.step(case, "follow-up", answered=True, satisfaction="satisfied"), 409, "case.followed_up")
    assert network.show(case)["procedure"]["redone"] is True


def test_a_file_is_checked_by_another_rejected_for_repair_and_archived(network: Network) -> None:
    case = concluded(network)
    head = network.by("P8", person="P8", heads="S01")
    network.took(case, "archive", "2026-06-15", head)
    assert network.show(case)["status"] == "archiving"
    handler = network.by("P2.too", "complaints_centre", person="P2", heads="S01")
    for by in (handler, head, network.by("P8.too", "complaints_centre", person="P8")):
        for step in ("pass-archive", "reject-archive"):
            network.refused(network.step(case, step, by=by, why="x"), 403)
    network.refused(network.step(case, "reject-archive"), 422)
    network.took(case, "reject-archive", "2026-06-16", why="缺调解笔录")
    rejected = network.show(case)
    assert (rejected["status"], rejected["procedure"]["archive"]["state"]) == ("concluded", "rejected")
    network.took(case, "archive", "2026-06-17", head)
    network.took(case, "pass-archive", "2026-06-18")
    archive = network.show(case)["procedure"]["archive"]
    assert (archive["state"], archive["rejections"], archive["submitted_by"]) == ("archived", 1, "p8")
    network.refused(network.step(case, "follow-up", **CROSS), 409)
    network.refused(network.step(case, "archive", by=head), 409, "case.state")


def test_a_refused_case_returns_to_refused_for_repair(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "refuse", "2026-06-02", ground="1")
    network.refused(network.step(case, "archive"), 409, "case.not_told")
    network.took(case, "tell")
    network.took(case, "archive")
    other = network.by("other", "complaints_centre")
    network.took(case, "reject-archive", by=other, why="缺送达回证")
    assert network.show(case)["status"] == "refused"


@pytest.mark.parametrize(
    ("ground", "routes"),
    [
        ("1", ["authority", "negotiation", "association", "arbitration", "court"]),
        ("3", ["negotiation", "association", "arbitration", "court"]),
    ],
)
def test_who_is_refused_is_told_the_other_routes(network: Network, ground: str, routes: list[str]) -> None:
    case = network.register("2026-06-01")
    assert network.show(case)["procedure"]["routes"] == []
    network.took(case, "refuse", "2026-06-02", ground=ground)
    assert [one["route"] for one in network.show(case)["procedure"]["routes"]] == routes
    network.took(case, "tell")
    assert network.centre.get(f"/api/v1/cases/{case}/history").json["events"][-1]["given"] == {"routes": routes}


def test_whose_mediation_fails_is_shown_arbitration_and_court(network: Network) -> None:
    case = concluded(network, outcome="terminated", termination_ground="3")
    told = network.show(case)["procedure"]["routes"]
    assert [(one["route"], one["zh"]) for one in told] == [
        ("arbitration", "根据仲裁协议提请仲裁机构仲裁"),
        ("court", "向人民法院提起诉讼"),
    ]


@pytest.mark.parametrize(
    ("before", "said", "code"),
    [
        (["lead"], {}, "case.lead_open"),
        ([], {"outcome": "terminated", "termination_ground": "3"}, "case.not_told"),
        ([], {"perform_by": "2026-07-01"}, "case.performing"),
    ],
)
def test_a_file_that_is_not_whole_is_not_submitted(
    network: Network, before: list[str], said: dict[str, Any], code: str
) -> None:
    case = concluded(network, **said)
    for step in before:
        network.took(case, step)
    network.refused(network.step(case, "archive", "2026-06-20"), 409, code)


def test_a_filed_report_is_archived_once_it_is_decided(network: Network) -> None:
    report = network.register("2026-06-01", kind="report")
    network.took(report, "conclude", outcome="filed")
    network.refused(network.step(report, "archive"), 409, "case.filed_open")
    network.took(report, "end-filed", "2026-07-01")
    network.took(report, "archive")
    network.refused(network.step(report, "publish"), 409, "case.kind")


def archived(network: Network, **said: Any) -> str:
    case = concluded(network, **said)
    network.took(case, "archive", "2026-06-15")
    network.took(case, "pass-archive", by=network.by("checker", "complaints_centre"))
    return case


def test_a_result_is_published_without_anybody_and_withdrawn(network: Network) -> None:
    case = concluded(network)
    network.refused(network.step(case, "publish"), 409, "case.state")
    network.took(case, "archive", "2026-06-15")
    network.took(case, "pass-archive", by=network.by("checker", "complaints_centre"))
    network.refused(network.step(case, "publish", by=network.by("P2", "staff", person="P2")), 403)
    network.took(case, "publish", "2026-06-20")
    reader = network.by("anyone", "staff", person="P3")
    (told,) = reader.get("/api/v1/cases/published").json["items"]
    assert told == {
        "number": network.show(case)["number"],
        "trader": "云汀百货",
        "trader_address": "示范大道 2 号",
        "goods": "手机",
        "outcome": "agreement",
        "zh": "达成调解协议",
        "concluded_on": "2026-06-10",
        "published_on": "2026-06-20",
        "objected": False,
    }
    assert network.show(case)["published_at"].startswith("2026-06-20")
    network.refused(network.step(case, "publish"), 409, "case.done")
    network.took(case, "unpublish", "2026-06-25", why="当事人提出异议，正在核实")
    assert reader.get("/api/v1/cases/published").json["items"] == []
    shown = network.show(case)["procedure"]
    assert (shown["published_at"], shown["unpublished_at"][:10]) == (None, "2026-06-25")
    network.refused(network.step(case, "unpublish", why="x"), 409, "case.unpublished")
    network.took(case, "publish", "2026-06-30")


def test_published_results_come_page_by_page_the_latest_first_and_by_trader(network: Network) -> None:
    cases = [archived(network) for _ in range(3)]
    for day, case in enumerate(cases, start=1):
        network.took(case, "publish", f"2026-07-0{day}")
    first = network.centre.get("/api/v1/cases/published?limit=2").json
    rest = network.centre.get(f"/api/v1/cases/published?limit=2&after={first['next']}").json
    assert [one["number"] for one in first["items"] + rest["items"]] == [
        network.show(case)["number"] for case in cases[::-1]
    ]
    assert network.centre.get("/api/v1/cases/published?trader=没有").json["items"] == []
    assert len(network.centre.get("/api/v1/cases/published?trader=云汀").json["items"]) == 3


def test_what_is_refused_is_archived_and_not_published(network: Network) -> None:
    case = network.register("2026-06-01")
    network.took(case, "refuse", "2026-06-02", ground="1")
    network.took(case, "tell")
    network.took(case, "archive")
    network.took(case, "pass-archive", by=network.by("checker", "complaints_centre"))
    network.refused(network.step(case, "publish"), 409, "case.unpublished")
    assert "publish" not in network.show(case)["may"]


def test_what_a_publication_rests_on_is_not_annulled_under_it(network: Network) -> None:
    case = archived(network)
    network.took(case, "publish", "2026-06-20")
    events = network.centre.get(f"/api/v1/cases/{case}/history").json["events"]
    passed = next(one["number"] for one in events if one["name"] == "pass_archive")
    checker = network.by("checker", "complaints_centre")
    network.refused(network.step(case, "annul", by=checker, event=passed, why="复议撤销"), 409, "case.follows")
    network.took(case, "annul", event=events[-1]["number"], why="复议撤销")
    assert network.centre.get("/api/v1/cases/published").json["items"] == []
    network.took(case, "annul", by=checker, event=passed, why="复议撤销")
    assert network.show(case)["status"] == "archiving"
