"""总结 and 下阶段措施: written by the head or the office, kept version by version, and in the year's report with its measures."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from sqlalchemy import text

from tests.component.scoring.after_a_run import Results
from tests.component.scoring.states import BUREAU, cycle_state

WORDS = {"summary": "全年按期办结。\n投诉下降。", "next_steps": "补建台账。"}
MEASURE = {
    "improvement": "m-1", "layer": "station", "revision": 2, "status": "ordered", "weak_indicator": "01-01-01", "cycle": "2027",
    "indicator": "03-01-01", "period": "2027-M03", "title": "补建检查台账", "standard": "台账完整", "deadline": "2027-03-31",
    "reason": "", "proposed_by": "P0001",
}  # fmt: skip


@pytest.fixture
def at(world: dict[str, Any]) -> str:
    return f"/api/v1/cycles/{world['cycle']['cycle']}/report-text"


def test_the_office_writes_of_the_bureau_and_a_head_of_the_unit(results: Results, at: str) -> None:
    head, of_unit = results.head("H99"), {"scope": "unit", "target": results.unit}
    assert results.office.get(at).json["code"] == "report_text.unknown"
    whole = results.office.put(at, json=WORDS)
    assert (whole.status_code, whole.json["scope"], whole.json["revision"]) == (200, "bureau", 1)
    assert head.put(at, json=WORDS).status_code == 403
    own = head.put(at, json={**WORDS, **of_unit})
    assert (own.json["target"], own.json["by"]) == (results.unit, "H99")
    assert results.office.put(at, json={**WORDS, **of_unit}).status_code == 403
    assert results.leader.put(at, json=WORDS).status_code == 403
    assert results.staff(results.person).get(at).status_code == 403
    assert head.get(at).status_code == 403
    assert head.get(f"{at}?scope=unit&target={results.unit}").json == own.json
    assert results.office.get(f"{at}?scope=unit&target=none").json["code"] == "report.unknown"
    assert results.office.put(at, json={**WORDS, "target": results.unit}).status_code == 422
    assert results.office.put(at, json={**WORDS, "summary": " "}).status_code == 422


def test_every_version_is_kept_and_none_is_replaced_unread(results: Results, at: str) -> None:
    first = results.office.put(at, json=WORDS)
    assert results.office.put(at, json=WORDS).json["errors"][0]["code"] == "revision.required"
    match = {"If-Match": first.headers["ETag"]}
    second = results.office.put(at, json={**WORDS, "summary": "改写"}, headers=match)
    assert (second.json["revision"], second.json["summary"]) == (2, "改写")
    assert results.office.put(at, json=WORDS, headers=match).status_code == 412
    versions = results.leader.get(f"{at}/versions").json["items"]
    assert versions == [second.json, first.json]
    with results.scoring.sessions.engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM scoring.audit WHERE action = 'report_text.written'"))
        assert found.scalar_one() == 2


def test_it_is_written_from_the_years_close_until_it_is_archived(
    results: Results, world: dict[str, Any], at: str
) -> None:
    results.scoring.take([cycle_state(world["cycle"], status="open", revision=9)])
    assert results.office.put(at, json=WORDS).json["code"] == "report_text.too_early"
    results.scoring.take([cycle_state(world["cycle"], status="published", revision=10)])
    assert results.office.put(at, json=WORDS).status_code == 200
    results.scoring.take([cycle_state(world["cycle"], status="archived", revision=11)])
    assert results.office.put(at, json=WORDS, headers={"If-Match": "*"}).json["code"] == "cycle.archived"
    assert results.office.get(at).json["summary"] == WORDS["summary"]


def test_the_report_says_it_beside_its_figures_and_prints_it(results: Results, at: str) -> None:
    results.approve()
    head, of_unit = results.head("H99"), {"scope": "unit", "target": results.unit}
    bare = results.office.get(f"{results.at}/report").json
    assert (bare["text"], bare["measures"]) == (None, [])
    results.office.put(at, json=WORDS)
    head.put(at, json={**of_unit, "summary": "本所完成。", "next_steps": "再检查。"})
    order(results)
    whole = results.office.get(f"{results.at}/report").json
    assert whole["text"]["summary"] == WORDS["summary"]
    assert [(one["title"], one["subject"], one["status"]) for one in whole["measures"]] == [
        ("补建检查台账", results.unit, "ordered")
    ]
    unit = head.get(f"{results.at}/report?scope=unit&target={results.unit}").json
    assert (unit["text"]["summary"], len(unit["measures"])) == ("本所完成。", 1)
    line = whole["lines"][0]["line"]
    assert results.office.get(f"{results.at}/report?scope=line&target={line}").json["text"] is None
    word = Document(BytesIO(results.office.get(f"{results.at}/report/docx").data))
    told = [paragraph.text for paragraph in word.paragraphs]
    assert any(one.endswith("、总结") for one in told)
    assert {"全年按期办结。", "投诉下降。", "补建台账。"} <= set(told)
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert {"补建检查台账", "台账完整", "已下达任务"} <= cells
    assert results.office.get(f"{results.at}/report/pdf").data[:4] == b"%PDF"


def order(results: Results) -> None:
    """A measure for the unit, one that was dropped, and one for a person, which stands in no report."""
    rows = [
        MEASURE,
        {**MEASURE, "improvement": "m-2", "status": "dropped"},
        {**MEASURE, "improvement": "m-3", "layer": "person", "subject": results.person, "title": "本人改进"},
    ]
    names = ", ".join(f'"{name}"' for name in [*MEASURE, "bureau", "run", "subject", "unit"])
    values = ", ".join(f":{name}" for name in [*MEASURE, "bureau", "run", "subject", "unit"])
    own = {"bureau": BUREAU, "run": results.run, "subject": results.unit, "unit": results.unit}
    with results.scoring.sessions.engine.begin() as connection:
        for row in rows:
            connection.execute(text(f"INSERT INTO scoring.improvement ({names}) VALUES ({values})"), {**own, **row})
