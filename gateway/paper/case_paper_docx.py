"""The same papers as .docx. The fonts are those of Chinese offices (方正小标宋, 仿宋, 黑体); where one is missing, programs take their 宋体."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from gateway.paper.case_paper import COPIES, RECEIPT, RECEIPT_ROWS, Content
from gateway.paper.docx_text import HEI, count_pages, mark, pad, run, seam, set_up
from gateway.paper.official import BY_HAND, SEAL, SIGNED

TITLE, BODY = "方正小标宋简体", "仿宋"
WIDE, LEFT, RIGHT, LABEL = 210, 28, 26, 30  # mm
INSIDE = WIDE - LEFT - RIGHT


def case_paper_docx(content: Content) -> bytes:
    document = Document()
    _set_up(document, content)
    _title(document, content["bureau"], content["title"])
    _line(document, content["number"], 13, WD_ALIGN_PARAGRAPH.RIGHT, after=10)
    if content["to"]:
        _line(document, content["to"], 15)
    for number, part in enumerate(content["parts"]):
        _set(document, part, content["parts"][number - 1] if number else {})
    for who in content["signatures"]:
        _line(document, who + SIGNED, 12, before=14)
    if content["signer"]:
        _sealed(document, content)
    if content["receipt"]:
        if not content["signatures"]:
            _line(document, COPIES, 10.5, before=14)
        _receipt(document, content)
    stream = io.BytesIO()
    document.save(stream)
    return _undated(stream)


def _undated(made: io.BytesIO) -> bytes:
    """Return the archive without the moment at which it was packed: the same content gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as again:
        for entry in packed.infolist():
            again.writestr(zipfile.ZipInfo(entry.filename), packed.read(entry), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _set_up(document: Any, content: Content) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDE), Mm(297)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(30), Mm(22)
    set_up(document, 15)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.author = f"{content['title']} {content['number']}", ""
    properties.created = properties.modified = datetime.fromisoformat(content["made_on"])
    count_pages(section, content["number"])


def _title(document: Any, bureau: str, title: str, *, new_page: bool = False) -> None:
    for text, size in ((bureau, 19), (title, 24)):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.page_break_before = new_page and text == bureau
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(6)
        run(paragraph, text, size, TITLE).font.bold = True


def _line(document: Any, text: str, size: float, align: Any = None, *, before: float = 0, after: float = 0) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    run(paragraph, text, size, BODY)
    return paragraph


def _set(document: Any, part: Content, before: Content) -> None:
    if "text" in part:
        paragraph = _line(document, part["text"], 15)
        paragraph.paragraph_format.first_line_indent = Pt(30)
        paragraph.paragraph_format.line_spacing = Pt(27)
    elif "heading" in part:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(30)
        paragraph.paragraph_format.keep_with_next = True
        run(paragraph, part["heading"], 15, HEI)
    else:
        if before and "text" not in before and "heading" not in before:
            seam(document)
        rows = part["rows"] if "rows" in part else [(part["label"], "\n" * part["lines"] + BY_HAND)]
        _table(document, rows, right="lines" in part)


def _table(document: Any, rows: Sequence[Sequence[str]], *, right: bool = False) -> None:
    """Labels beside what they say; a row of one pair has its value across."""
    table = document.add_table(rows=len(rows), cols=4)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    pad(table)
    widths = (LABEL, INSIDE / 2 - LABEL, LABEL, INSIDE / 2 - LABEL)
    for column, width in zip(table.columns, widths, strict=True):
        for cell in column.cells:
            cell.width = Mm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        mark(row, "w:cantSplit")
        cells = row.cells if len(texts) == len(widths) else (row.cells[0], row.cells[1].merge(row.cells[3]))
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            label = place % 2 == 0
            if label:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run(paragraph, text, 11, HEI if label else BODY)


def _sealed(document: Any, content: Content) -> None:
    """落款: never parted, never alone on a page."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    first = _line(document, content["signer"] + SEAL, 15, WD_ALIGN_PARAGRAPH.RIGHT, before=30)
    first.paragraph_format.keep_with_next = True
    day = _line(document, content["day"], 15, WD_ALIGN_PARAGRAPH.RIGHT)
    day.paragraph_format.right_indent = Pt(45)


def _receipt(document: Any, content: Content) -> None:
    receipt = content["receipt"]
    _title(document, content["bureau"], RECEIPT, new_page=True)
    head = (("文书名称", receipt["title"]), ("文书文号", content["number"]), ("受送达人", receipt["to"]))
    _table(document, [*head, *RECEIPT_ROWS])
