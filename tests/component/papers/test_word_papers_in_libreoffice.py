"""Word papers as LibreOffice opens them, which opens what Word opens: every text stands there, pages are counted, nothing runs off the paper."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document

from gateway.forms.layout import laid_out
from gateway.paper.report_docx import report_docx
from gateway.paper.word import form_document
from tests.component.papers.test_feedback_and_report_papers import year
from tests.support import forms
from tests.support.libreoffice import saved

BUREAU = forms.BASE["bureau_name"]
LONG = {"long": forms.review(60), "longest": forms.review(8, long=600), "full": forms.review(16)}
FOOT = "(?:工作绩效\\w+表张喆堃2026年1月|2026年度绩效考核报告（准入口）)"
EDGE = 12  # mm around a page in which nothing stands but its foot
SCALE = 1.0  # pixels a point
DARK = 128


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Any, Any]]]:
    """Each as Word has it and as LibreOffice prints it; all of them by one start of the program."""
    made = {form["form"]: form_document(laid_out(form, "2026-02-03")) for form in forms.ALL}
    made |= {name: form_document(laid_out(form, "2026-02-03")) for name, form in LONG.items()}
    made["report"] = report_docx({**year(), "bureau_name": BUREAU})
    folder: Path = tmp_path_factory.mktemp("papers")
    printed = saved({f"{name}.docx": content for name, content in made.items()}, "pdf", folder)
    opened = {name: pypdfium2.PdfDocument(printed[f"{name}.docx"]) for name in made}
    yield {name: (Document(BytesIO(content)), opened[name]) for name, content in made.items()}
    for pdf in opened.values():
        pdf.close()


NAMES = [*(form["form"] for form in forms.ALL), *LONG, "report"]


def plain(text: str) -> str:
    """Without blanks and line breaks, and with quotation marks told apart no more: of those fonts have several glyphs."""
    return re.sub(r"[\s“”\"]", "", text)


def text_of(pdf: Any) -> list[str]:
    return [plain(page.get_textpage().get_text_bounded()) for page in pdf]


def told(document: Any) -> Iterator[str]:
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.text.split("\n")


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_lost_when_it_is_printed(papers: dict[str, tuple[Any, Any]], name: str) -> None:
    document, pdf = papers[name]
    printed = re.sub(rf"{FOOT}第\d+页，共\d+页", "", "".join(text_of(pdf)))
    assert [text for text in told(document) if plain(text) not in printed] == []
    assert BUREAU in printed


@pytest.mark.parametrize("name", [name for name in NAMES if name != "report"])
def test_pages_are_counted_and_signatures_stand_on_one(papers: dict[str, tuple[Any, Any]], name: str) -> None:
    pages = text_of(papers[name][1])
    assert all(f"第{number}页，共{len(pages)}页" in page for number, page in enumerate(pages, start=1))
    assert sum("（签章）" in page for page in pages) == 1
    assert (len(pages) > 1) == (name in LONG)
    if name in ("long", "full"):
        signed = next(page for page in pages if "（签章）" in page)
        assert LONG[name]["rows"][-1]["indicator"] in signed  # never alone on a page
        assert all("评分标准" in page for page in pages)  # the head is repeated


def test_the_reports_pages_are_counted(papers: dict[str, tuple[Any, Any]]) -> None:
    pages = text_of(papers["report"][1])
    assert all(f"第{number}页，共{len(pages)}页" in page for number, page in enumerate(pages, start=1))
    assert "绩效考核小组（盖章）" in pages[-1]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_off_the_paper(papers: dict[str, tuple[Any, Any]], name: str) -> None:
    for page in papers[name][1]:
        picture = page.render(scale=SCALE).to_pil().convert("L")
        edge = round(EDGE / 25.4 * 72 * SCALE)
        dark = picture.point(lambda value: 255 if value < DARK else 0).getbbox()
        assert dark is not None
        left, top, right, _ = dark
        assert min(left, top, picture.width - right) >= edge
