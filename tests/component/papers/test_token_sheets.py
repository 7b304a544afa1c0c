"""评价码: what a person outside reads beside the code, before it is scanned."""

from gateway.paper.token_sheet import token_sheet
from tests.support.pdf_text import pages

BUREAU = "云汀市工商行政管理局滨河分局"


def slips(title: str, number: int) -> list[str]:
    links = [f"https://kaohe.example/vote/c1#token{one:02}" for one in range(number)]
    return pages(
        token_sheet({"bureau_name": BUREAU, "title": title, "links": links, "at": "2026-11-30T00:00:00+00:00"})
    )


def test_each_slip_says_who_asks_and_what_about_in_a_line_each() -> None:
    first, second = (page.split("\n") for page in slips("2026 年服务对象满意度", 9))
    assert [page.count(BUREAU) for page in (first, second)] == [8, 1]
    assert first.count("2026 年服务对象满意度") == 8
    assert "https://kaohe.example/vote/c1#token08" in second


def test_a_long_title_is_cut_and_leaves_its_room_to_what_follows() -> None:
    (page,) = slips("企业登记注册窗口服务质量" * 5, 1)
    assert "…" in page
    assert page.replace("\n", "").count("企业登记注册窗口服务质量") == 2
    assert "匿名评价" in page
