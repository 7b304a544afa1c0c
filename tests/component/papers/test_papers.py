"""Chinese on paper: where lines end, that the font travels with the document, that the same data print the same bytes."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.evidence import months, shown_at
from gateway.forms import words as of_forms
from gateway.paper.explanation import _facts, explanation_paper
from gateway.paper.explanation_page import costliest, explanation_page
from gateway.paper.feedback import _stands
from gateway.paper.lines import broken
from gateway.paper.sheet import Sheet
from gateway.paper.words import points
from shared.vocabulary.library import CATEGORIES
from tests.support import pdf_text

FACT = {
    "kind": "declaration", "fact": "d1", "revision": 3, "indicator": "05-02-01", "period": "2026-M03", "status": "assessed",
    "not_applicable": False, "counts": {"done": "34"}, "people": {}, "sentence": "2026 年 3 月申报：完成 34", "evidence": ["检查记录"],
}  # fmt: skip
ITEM = {
    "indicator": "05-02-01", "name": "双随机抽查任务完成", "tool": "review", "rule": "ratio", "full_points": "5", "points": "4.25",
    "applicable": True, "rule_text": "满分 × 实际 ÷ 目标", "formula": "5 × min(1, 34 ÷ 40) = 4.25", "facts": [FACT],
}  # fmt: skip


def tree(items: int = 3) -> dict[str, Any]:
    category = {
        "category": "professional", "weight": "0.51", "score": "85.0000", "sentence": "专业类得 85.0000 分。",
        "items": [{**ITEM, "indicator": f"05-02-{number:02d}"} for number in range(items)],
    }  # fmt: skip
    line = {"line": "routine_supervision", "score": "86.94", "sentence": "得 86.94 分。", "categories": [category]}
    return {
        "cycle": "2026", "subject": "P0001", "name": "张喆堃", "unit": "S01", "unit_name": "滨河工商所", "layer": "person",
        "line": "routine_supervision", "rank": 3, "final": "88.07", "frozen_at": "2027-01-05T02:00:00+00:00", "run": "r1",
        "input_hash": "ab" * 32, "sentence": "张喆堃（P0001）2026 年度综合得分 88.07 分。", "notes": ["说明"],
        "components": {"personal": "86.94", "unit": "90.00", "bureau": "88.00"},
        "weights": {"personal": "0.5", "unit": "0.3", "bureau": "0.2"},
        "formula": "86.94×0.5 + 90.00×0.3 + 88.00×0.2 = 88.07", "layer_formula": "", "lines": [line],
    }  # fmt: skip


def pages(paper: bytes) -> int:
    return len(re.findall(rb"/Type /Page\n", paper))


def test_a_paper_carries_its_chinese_fonts() -> None:
    paper = explanation_paper(tree())
    assert paper.startswith(b"%PDF")
    assert len(re.findall(rb"/FontFile3? ", paper)) == 2
    assert b"NotoSerifSC" in paper
    assert b"NotoSansSC" in paper


def test_the_same_explanation_prints_the_same_bytes() -> None:
    assert explanation_paper(tree()) == explanation_paper(tree())


def test_a_long_explanation_goes_on_over_pages() -> None:
    assert pages(explanation_paper(tree(90))) > pages(explanation_paper(tree(1))) >= 1


def test_who_stands_behind_facts_is_named_once_where_they_are_the_same() -> None:
    did = "张三（P01）申报，李四（H01）核实"
    facts = [
        {**FACT, "did": did, "sentence": f"2026 年 {month} 月申报：完成 {month}（{did}）"} for month in range(1, 13)
    ]
    other = {**FACT, "did": "王五（X09）申报", "sentence": "2026 年 12 月申报：完成 9（王五（X09）申报）"}
    printed: list[str] = []

    class Noting(Sheet):
        def paragraph(self, text: str, size: float = 10, *, grey: bool = False) -> None:
            printed.append(text)
            super().paragraph(text, size, grey=grey)

    given = tree(1)
    given["lines"][0]["categories"][0]["items"][0]["facts"] = [*facts, other]
    sheet = Noting("题", "脚", datetime(2027, 1, 5, tzinfo=UTC))
    _facts(sheet, given)
    sheet.output()  # closes the files of its fonts
    assert len(printed) == 2
    assert printed[0].count(did) == 1
    assert all(f"2026 年 {month} 月申报：完成 {month}〔佐证：检查记录〕" in printed[0] for month in range(1, 13))
    assert printed[1] == "· 2026 年 12 月申报：完成 9〔佐证：检查记录〕（王五（X09）申报）"


def test_a_subject_without_a_score_has_a_paper_too() -> None:
    nothing = {**tree(0), "final": None, "rank": None, "components": {"personal": None}, "weights": {}}
    assert explanation_paper(nothing).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("共得分数，如下", ["共得分", "数，如", "下"]),  # the comma does not begin a line
        ("得 88.07 分", ["得", "88.07", "分"]),  # a number stays whole, though it is too wide
        ("依（甲）乙", ["依", "（甲）", "乙"]),
        ("一\n二", ["一", "二"]),
        ("", [""]),
    ],
)
def test_lines_end_where_chinese_lines_may_end(text: str, lines: list[str]) -> None:
    assert broken(text, 3, len).split("\n") == lines


@given(st.text(alphabet="得分一二三，。（）“” 3.5×÷+ab\n", max_size=60), st.integers(1, 12))
def test_breaking_loses_nothing_and_begins_no_line_with_closing_punctuation(text: str, width: int) -> None:
    lines = broken(text, width, len).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    inner = [line for part in text.split("\n") for line in broken(part, width, len).split("\n")[1:]]
    assert not any(line.startswith(tuple("，。）”")) for line in inner if line.lstrip("，。）”"))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2026-M03", ["2026-03"]),
        ("2026-Q2", ["2026-04", "2026-05", "2026-06"]),
        ("2026-H2", ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]),
    ],
)
def test_a_periods_months_are_where_its_punches_and_cases_are_read(period: str, expected: list[str]) -> None:
    assert months(period) == expected
    assert shown_at("attendance", "P1", period) == [f"/api/v1/attendance-months/{one}/figures/P1" for one in expected]
    assert shown_at("complaints", "P1", period) == [f"/api/v1/case-figures/{one}/P1" for one in expected]
    assert shown_at("declared", "P1", period) == []


@pytest.mark.parametrize(
    ("measure", "order", "words"),
    [
        ("proposed", None, "建议"),
        ("ordered", None, "已下达任务"),
        ("ordered", "completed", "任务已报完成"),
        ("ordered", "judged", "任务已评定"),
        ("withdrawn", "accepted", "已撤回"),
        ("withdrawn", "judged", "任务已评定"),
    ],
)
def test_a_feedback_sheet_says_where_a_measure_stands(measure: str, order: str | None, words: str) -> None:
    assert _stands({"status": measure, "task_order": order and {"status": order}}) == words


@pytest.mark.parametrize(("layer", "lines"), [("person", 1), ("station", 5)])
def test_the_short_explanation_is_one_page_however_much_there_is(layer: str, lines: int) -> None:
    given = tree(60)
    (line,) = given["lines"]
    names = ("access", "routine_supervision", "special_supervision", "enforcement_support", "association_guidance")
    every = [{**one, "category": name} for one in line["categories"] for name in CATEGORIES]
    given |= {"layer": layer, "ranked": 12, "bureau_name": "滨河分局", "layer_formula": "（86.94 × 0.2）" * 5}
    given["lines"] = [{**line, "line": name, "categories": every} for name in names[:lines]]
    paper = explanation_page(given)
    assert pages(paper) == 1
    (text,) = (re.sub(r"\s", "", page) for page in pdf_text.pages(paper))
    assert all(said in text for said in ("滨河分局", "3（共12名）", "失分最多的指标", "另有52项失分较少", "本人签字"))
    assert ("所在科所滨河工商所" in text) == (layer == "person")  # a unit is not of a unit


def test_what_costs_most_comes_first_and_each_item_once() -> None:
    given = tree(3)
    category = given["lines"][0]["categories"][0]
    category["items"][2]["points"], category["items"][1]["points"] = "1.00", "5.00"
    category["items"].append({**ITEM, "indicator": "09", "points": None})
    assert [one["indicator"] for one in costliest(given)] == ["05-02-02", "05-02-00"]


def test_contributions_that_nobody_made_cost_nothing() -> None:
    given = tree(1)
    (line,) = given["lines"]
    made = {
        **line["categories"][0],
        "category": "contribution",
        "items": [{**ITEM, "indicator": "11", "points": "0.00"}],
    }
    line["categories"].append(made)
    assert [one["indicator"] for one in costliest(given)] == ["05-02-00"]


@pytest.mark.parametrize("paper", [explanation_paper, explanation_page])
def test_what_is_published_with_four_places_is_told_with_them(paper: Callable[[dict[str, Any]], bytes]) -> None:
    given = tree(1)
    given["lines"][0]["categories"][0]["score"] = "85.1250"
    given["components"]["bureau"] = "88.1250"
    (text,) = pdf_text.pages(paper(given))
    assert "85.1250" in text
    assert "88.1250" in text


def test_points_are_told_with_two_places_rounded_half_up() -> None:
    assert [points(one) for one in ("85.1250", "85", "0.005", None)] == ["85.13", "85.00", "0.01", "—"]
    assert [of_forms.points(one) for one in ("85.1250", "85", "", None)] == ["85.13", "85.00", "", ""]
