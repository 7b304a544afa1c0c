"""落款: right below the end, the name in one line, the day as official papers write it, and never alone on a page."""

import re
from typing import Any

import pytest

from gateway.paper.commendations import commendations_paper
from gateway.paper.report_pdf import report_pdf
from tests.component.papers.test_feedback_and_report_papers import year
from tests.support.pdf_text import pages

BUREAU = "云汀市工商行政管理局滨河分局"


def notice(persons: int) -> list[str]:
    entries = [
        {"place": number, "subject": f"P{number:04}", "name": f"甲{number:02}", "unit": "S01", "unit_name": "滨河工商所", "final": None}
        for number in range(1, persons + 1)
    ]  # fmt: skip
    publication = {"published_on": "2027-01-11", "objections_until": "2027-01-15"}
    tree: dict[str, Any] = {
        "cycle": "2026", "run": "r1", "approved_at": "2027-01-07T18:00:00+00:00", "status": "published",
        "bureau_name": BUREAU, "lists": {"person": entries}, "publication": publication,
    }  # fmt: skip
    return pages(commendations_paper(tree))


def test_the_notice_is_signed_in_one_line_with_its_day() -> None:
    (page,) = notice(3)
    assert f"{BUREAU}绩效考核小组（盖章）" in page.split("\n")
    assert "2027 年 1 月 8 日" in page.split("\n")  # of Shanghai


@pytest.mark.parametrize("persons", [27, 31])
def test_a_notice_of_any_length_keeps_its_closing_line_with_the_signature(persons: int) -> None:
    last = re.sub(r"\s", "", notice(persons)[-1])
    assert "公示期" in last
    assert "（盖章）" in last


def report(measures: int) -> list[str]:
    measure = {
        "name": "滨河工商所", "subject": "S01", "title": "补建台账", "standard": "完整", "deadline": "2027-03-31",
        "status": "proposed", "order_status": None,
    }  # fmt: skip
    return pages(report_pdf({**year(), "bureau_name": BUREAU, "measures": [measure] * measures}))


@pytest.mark.parametrize("measures", [7, 12])
def test_a_report_of_any_length_has_a_row_above_its_signature(measures: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.paper.report.charts", lambda _: ())  # they take a second each
    made = [re.sub(r"\s", "", page) for page in report(measures)]
    assert len(made) == 2
    assert "补建台账" in made[-1]
    assert "（盖章）" in made[-1]
    assert "".join(made).count("补建台账") == measures
