"""Explanations over HTTP: put together from three services, and printed."""

from typing import Any

from flask.testing import FlaskClient

from tests.component.gateway.conftest import FakeServices
from tests.component.papers.test_papers import tree

RUN = "01a206e7-28db-77c9-a280-b6b6d3033af2"


def play(services: FakeServices, revision: int = 3) -> None:
    declaration = {
        "declaration": "d1", "revision": revision, "remark": "含补录", "evidence": ["检查记录 12 份"], "machine": {"late": "1"},
        "differs": True, "reason": "",
    }  # fmt: skip
    library = {
        "indicator": "05-02-00",
        "standard": "按任务数",
        "basis": "职能",
        "source": "attendance",
        "measure_unit": "户",
    }
    services.answers = {
        "scoring.explain_score": lambda _: {"result": tree(), "error": None},
        "declarations.list_declarations": lambda _: {"result": {"items": [declaration], "next": None}, "error": None},
        "targets.list_indicators": lambda _: {"result": {"items": [library], "next": None}, "error": None},
    }


def first_item(answer: Any) -> dict[str, Any]:
    item: dict[str, Any] = answer.json["lines"][0]["categories"][0]["items"][0]
    return item


def test_an_explanation_brings_evidence_and_the_way_to_the_punches_when_asked(
    office: FlaskClient, services: FakeServices
) -> None:
    play(services)
    path = f"/api/v1/runs/{RUN}/explanations/P0001"
    assert "remark" not in first_item(office.get(path))["facts"][0]
    item = first_item(office.get(f"{path}?evidence=true"))
    assert (item["standard"], item["source"]) == ("按任务数", "attendance")
    fact = item["facts"][0]
    assert (fact["evidence"], fact["differs"]) == (["检查记录 12 份"], True)
    assert fact["shown_at"] == ["/api/v1/attendance-months/2026-03/figures/P0001"]


def test_evidence_of_a_declaration_changed_since_is_not_shown_as_that_of_the_score(
    office: FlaskClient, services: FakeServices
) -> None:
    play(services, revision=4)
    fact = first_item(office.get(f"/api/v1/runs/{RUN}/explanations/P0001?evidence=true"))["facts"][0]
    assert fact["changed_since"]
    assert "machine" not in fact


def test_an_explanation_is_printed(office: FlaskClient, services: FakeServices) -> None:
    play(services)
    answer = office.get(f"/api/v1/runs/{RUN}/explanations/P0001/paper")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")
    assert "2026-P0001.pdf" in answer.headers["Content-Disposition"]
