"""Forms on paper and in Word: everything stands there, heads are repeated, nothing is cut, signatures are never alone."""

import re
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document

from gateway.forms.layout import COLUMNS, SIGN, laid_out
from gateway.paper.form import form_paper
from gateway.paper.word import form_document
from shared.jsontext import dumps, loads
from tests.support import forms
from tests.support.pdf_text import pages

DAY = "2026-02-03"
LONGEST = "含补录 2 户" * 600


def paper(form: dict[str, Any]) -> bytes:
    """Drawn once for each form: its fonts take a second to load."""
    return _drawn(dumps(laid_out(form, DAY)))


@cache
def _drawn(layout: str) -> bytes:
    return form_paper(loads(layout))


def word(form: dict[str, Any]) -> Any:
    return Document(BytesIO(form_document(laid_out(form, DAY))))


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("form", forms.ALL, ids=lambda one: one["form"])
def test_a_form_carries_its_fonts_and_its_text_can_be_copied_out(form: dict[str, Any]) -> None:
    made = paper(form)
    assert len(re.findall(rb"/FontFile3 ", made)) == 2
    assert b"/MediaBox [0 0 841.89 595.28]" in made  # A4 across
    text = plain("".join(pages(made)))
    assert form["title"] in text
    for said in (
        "张喆堃（P0001）",
        "滨河工商所",
        "2026年1月（2026-01-01至2026-01-31）",
        "第1页，共1页",
        f"打印日期{DAY}",
    ):
        assert said in text
    for signer in SIGN[form["form"]]:
        assert f"{signer}（签章）：" in text
    for label, _, _ in COLUMNS[form["form"]]:
        assert plain(label) in text


@pytest.mark.parametrize("items", [0, 8, 15, 60])
def test_the_head_stands_on_every_page_and_signatures_follow_a_row(items: int) -> None:
    made = [plain(page) for page in pages(paper(forms.review(items)))]
    for number, page in enumerate(made, start=1):
        assert f"第{number}页，共{len(made)}页" in page
        assert ("数量（机器/申报）" in page) == (items > 0)
    assert "申报人（签章）" in made[-1]
    assert sum("（签章）" in page for page in made) == 1
    if items:
        assert forms.review(items)["rows"][-1]["indicator"] in made[-1]
        assert "合计" in made[-1]


def test_every_row_stands_on_one_page_whole() -> None:
    made = [plain(page) for page in pages(paper(forms.review(60)))]
    for row in forms.review(60)["rows"]:
        (page,) = [one for one in made if row["indicator"] in one]
        assert plain(row["standard"]) in page


def test_a_very_long_text_stands_in_full_behind_the_table() -> None:
    long = forms.review(8, long=600)
    made = plain("".join(pages(paper(long))))
    assert "全文见附1" in made
    assert "附1：第2行“说明与佐证”全文" in made
    assert made.count("含补录2户") > 600


def test_the_same_form_prints_the_same_bytes() -> None:
    assert paper(forms.review()) == form_paper(laid_out(forms.review(), DAY))


def test_the_word_file_repeats_its_head_keeps_rows_whole_and_counts_pages() -> None:
    content = ZipFile(BytesIO(form_document(laid_out(forms.review(60), DAY))))
    body, foot = (content.read(f"word/{name}.xml").decode() for name in ("document", "footer1"))
    assert body.count("w:tblHeader") == 1
    assert body.count("w:cantSplit") == 60 + 2 + 1  # head, rows, sum; signatures
    assert 'w:orient="landscape"' in body
    assert 'w:eastAsia="宋体"' in body
    assert 'w:instr="PAGE"' in foot
    assert 'w:instr="NUMPAGES"' in foot


@pytest.mark.parametrize("form", forms.ALL, ids=lambda one: one["form"])
def test_word_and_pdf_say_the_same(form: dict[str, Any]) -> None:
    document = word(form)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = plain("".join(pages(paper(form))))
    for cell in cells:
        for line in cell.split("\n"):
            assert plain(line) in text


def test_odd_characters_do_no_harm() -> None:
    form = forms.review(2, long=1)
    form["rows"][1]["remark"] = "𠮷\x07\x1b表情😀 <b>&\t尾"
    assert word(form).tables
    assert pages(paper(form))


def test_a_long_text_in_word_stands_behind_the_table_too() -> None:
    assert any(LONGEST[:100] in paragraph.text for paragraph in word(forms.review(3, long=600)).paragraphs)
