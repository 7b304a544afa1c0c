"""月度考勤表 on paper: whose it is, of which unit each person is, and where one signs never alone on a page."""

from typing import Any

import pytest

from gateway.paper.attendance import attendance_paper
from tests.support.pdf_text import pages

DAYS = [f"{day:02}" for day in range(1, 31)]
TOTALS = dict.fromkeys(("late", "early", "missed", "absent", "overleave"), "0")


def sheet(persons: int, units: int = 1) -> list[list[str]]:
    """The lines of each page."""
    lines = [
        {
            "person": f"P{number:03}", "person_name": f"欧阳文{number:03}", "unit": f"S{number % units}", "unit_name": f"第{number % units}工商所",
            "marks": {"02": "√", "03": "事/√"}, "due": "21", "attended": "20.5", **TOTALS, "revision": 1, "signatures": [],
        }
        for number in range(persons)
    ]  # fmt: skip
    tree: dict[str, Any] = {
        "bureau_name": "云汀市滨河分局", "month": "2026-11", "days": DAYS, "title": "全局", "closed": True, "lines": lines,
    }  # fmt: skip
    return [page.split("\n") for page in pages(attendance_paper(tree))]


def test_the_sheet_says_whose_it_is_how_many_stand_on_it_and_which_days_are_at_the_weekend() -> None:
    (page,) = sheet(3)
    assert "云汀市滨河分局" in page
    assert "全局　已月结　共 3 人" in page
    assert page[page.index("1") + 1] == "日"  # 2026-11-01
    assert "欧阳文000" in page  # in one line
    assert "事/√" not in page  # each half in a line of its own
    assert "第0工商所" not in page  # all are of one unit, which the head names


def test_on_a_sheet_of_several_units_each_line_says_its_own() -> None:
    (page,) = sheet(4, units=2)
    assert [page.count(f"第{number}工商所") for number in range(2)] == [2, 2]


@pytest.mark.parametrize("persons", [0, 1, 15, 17])
def test_where_one_signs_stands_under_a_line_with_the_head_above(persons: int) -> None:
    made = sheet(persons)
    assert any("（签字）" in line for line in made[-1])
    assert sum(any("（签字）" in line for line in page) for page in made) == 1
    assert all("本人签字" in page for page in made)
    assert (f"欧阳文{persons - 1:03}" in made[-1]) == (persons > 0)
