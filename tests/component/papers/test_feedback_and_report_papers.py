"""What the feedback sheet and the year's report put on paper, read from the parts that are set."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from gateway.paper import charts, feedback, report, report_docx
from gateway.paper.feedback import feedback_paper
from gateway.paper.sheet import Sheet
from gateway.paper.words import components, numbered
from shared.vocabulary.task_orders import ORDER_STATES
from tests.component.papers.test_papers import tree as explained

VETO = {"sentence": "01-03-05 瞒报虚报绩效数据：虚报 3 件（已查实）"}
LAYER = {
    "subjects": 3, "ranked": 3, "mean": "80.00", "before": None, "best": "90.00", "worst": "70.00",
    "categories": dict.fromkeys(("common", "professional", "contribution", "additional"), "80.00"),
}  # fmt: skip


def told(**changes: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        "means": {"layer": "80.00", "unit": None}, "grade": None, "commended": False, "struck": False, "vetoes": [],
        "strong": [], "weak": [], "weak_in_all": 0, "missing": [], "conversation": None, "improvements": [], "publication": None,
    }  # fmt: skip
    return {**explained(0), **nothing, **changes}


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is put on a sheet."""
    texts: list[str] = []
    for name in ("heading", "paragraph"):
        was = getattr(Sheet, name)

        def noted(sheet: Sheet, text: str, *rest: Any, was: Any = was, **named: Any) -> None:
            texts.append(text)
            was(sheet, text, *rest, **named)

        monkeypatch.setattr(Sheet, name, noted)
    was_grid = Sheet.grid

    def noted_grid(sheet: Sheet, rows: Any, *rest: Any, **named: Any) -> None:
        texts.extend(cell for row in rows for cell in row)
        was_grid(sheet, rows, *rest, **named)

    monkeypatch.setattr(Sheet, "grid", noted_grid)
    return texts


def test_a_struck_person_reads_on_the_sheet_that_and_why(printed: list[str]) -> None:
    feedback_paper(told(struck=True, vetoes=[VETO]))
    assert "因否决项剔除" in printed
    assert f"否决项：{VETO['sentence']}。名次在先进名额之内，因此从推荐名单中剔除，其他得分不变。" in printed


def test_one_outside_the_quota_reads_of_the_veto_too(printed: list[str]) -> None:
    feedback_paper(told(vetoes=[VETO]))
    assert "未列入" in printed
    assert f"否决项：{VETO['sentence']}。因此不进入先进推荐名单，其他得分不变。" in printed


def test_sections_are_numbered_without_gaps(printed: list[str]) -> None:
    feedback_paper(told())
    assert [text for text in printed if text[1:2] == "、"] == ["一、做得好的", "二、失分最多的", "三、面谈记录"]
    assert feedback.MISSING not in numbered([feedback.GOOD])


def test_means_and_what_is_made_of_them_are_told_with_the_places_they_are_published_with(printed: list[str]) -> None:
    components = {"personal": "86.94", "unit": "90.00", "bureau": "85.1250"}
    feedback_paper(told(means={"layer": "80.1250", "unit": "81.1250"}, components=components))
    assert {"80.1250", "81.1250"} <= set(printed)
    assert any("85.1250（权重" in text for text in printed)


def test_a_report_of_no_bureau_begins_with_its_title() -> None:
    tree = {**year(), "bureau_name": "滨河分局"}
    first = [
        [one.text for one in Document(BytesIO(report_docx.report_docx(given))).paragraphs[:2]]
        for given in (tree, year())
    ]
    assert first[0] == ["滨河分局", report.title(tree)]
    assert first[1][0] == report.title(tree)


def test_components_are_told_ones_own_first_however_they_come() -> None:
    stored = {"components": {"unit": "1", "bureau": "2", "personal": "3"}}
    assert [name for name, _ in components(stored)] == ["personal", "unit", "bureau"]


def year(scope: str = "line") -> dict[str, Any]:
    unit = {
        "subject": "S01", "name": "滨河工商所", "layer": "station", "line": "access", "final": "80.00", "rank": 1,
        "before": None, "members": 3, "members_mean": "79.00",
    }  # fmt: skip
    return {
        "cycle": "2026", "scope": scope, "target": "access", "target_name": "准入口", "run": "r1", "input_hash": "ab" * 32,
        "frozen_at": "2027-01-05T02:00:00+00:00", "bureau_score": "80.00", "grades": {},
        "layers": {"division": {**LAYER, "subjects": 0}, "station": LAYER, "person": LAYER},
        "quota": {"person": {"percent": 20, "places": 1, "nominated": 1, "struck": 0}},
        "lines": [{"line": "access", "subjects": 3, "mean": "80.00"}],
        "units": [unit, {**unit, "subject": "S02", "final": "70.00"}], "items_scored": 0, "weakest": [], "strongest": [],
        "distribution": [{"from": 80, "to": 85, "persons": 2}], "commended": {}, "struck": {}, "publication": None, "text": None, "measures": [],
    }  # fmt: skip


def test_a_lines_report_numbers_its_sections_and_says_what_a_stations_score_is() -> None:
    parts = report.parts(year())
    headings = [part.text for part in parts if isinstance(part, report.Heading)]
    assert headings == ["一、总体情况", "二、各类指标", "三、科所情况", "四、指标完成情况", "五、先进名单与否决"]
    assert any("工商所的得分" in part.text for part in parts if isinstance(part, report.Paragraph))


def test_a_picture_stays_with_its_caption() -> None:
    paragraphs = Document(BytesIO(report_docx.report_docx(year()))).paragraphs
    pictures = [one for one in paragraphs if one._p.findall(f".//{qn('w:drawing')}")]  # the library has no name for it
    assert len(pictures) >= 3
    assert all(one.paragraph_format.keep_with_next for one in pictures)


def test_the_reports_tables_repeat_their_heads_and_its_end_goes_with_the_signature() -> None:
    measure = {
        "name": "滨河工商所", "subject": "S01", "title": "补建台账", "standard": "完整", "deadline": "2027-03-31",
        "status": "proposed", "order_status": None,
    }  # fmt: skip
    *others, last = Document(BytesIO(report_docx.report_docx({**year(), "measures": [measure] * 3}))).tables
    for table in others:
        assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [
            not number for number in range(len(table.rows))
        ]
    (row,) = last.rows  # the last measure
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells)
    assert all(one._tr.trPr.find(qn("w:cantSplit")) is not None for table in (*others, last) for one in table.rows)


def test_an_axis_of_persons_has_whole_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks: list[float] = []
    monkeypatch.setattr(charts, "_png", lambda figure: ticks.extend(figure.axes[0].get_yticks()) or b"png")
    bars = [{"from": low, "to": low + 5, "persons": number} for low, number in ((75, 1), (80, 2))]
    assert charts._distribution({"distribution": bars}) == b"png"  # only the axis of persons
    assert ticks
    assert all(tick == int(tick) for tick in ticks)


def test_a_report_says_in_words_what_was_written_a_paragraph_a_line_and_the_measures_with_it() -> None:
    text = {"summary": "第一段。\n\n 第二段。", "next_steps": "建台账。"}
    measure = {
        "name": "滨河工商所", "subject": "S01", "title": "补建台账", "standard": "完整", "deadline": "2027-03-31",
        "status": "ordered", "order_status": "accepted",
    }  # fmt: skip
    proposed = {**measure, "status": "proposed", "order_status": None}
    parts = report.parts({**year(), "text": text, "measures": [measure, proposed]})
    headings = [part.text for part in parts if isinstance(part, report.Heading)]
    assert headings[-2:] == ["六、总结", "七、下阶段措施"]
    at = next(number for number, part in enumerate(parts) if getattr(part, "text", "") == "六、总结")
    said = [part.text for part in parts[at:] if isinstance(part, report.Paragraph)]
    assert said == ["第一段。", "第二段。", "建台账。"]
    grid = parts[-2]  # the last one is the 落款
    assert isinstance(grid, report.Grid)
    assert [row[-1] for row in grid.rows[1:]] == [ORDER_STATES["accepted"], "建议"]
