"""The same layout as .docx, for offices that edit before they print."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gateway.paper.docx_text import HEI, SONG, count_pages, entitle, mark, pad, run, seam, set_up
from gateway.paper.words import WITH_SIGNATURES

Layout = dict[str, Any]
WIDE, HIGH, MARGIN = 297, 210, 16  # mm


def form_document(layout: Layout) -> bytes:
    document = Document()
    _set_up(document, layout)
    entitle(document, layout["bureau"], layout["title"], 17)
    _facts(document, layout["facts"])
    _table(document, layout)
    _end(document, layout)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document: Any, layout: Layout) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(WIDE), Mm(HIGH)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    set_up(document, 9)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.author = layout["title"], ""
    properties.created = properties.modified = datetime.fromisoformat(layout["at"])
    count_pages(section, layout["footer"])


def _facts(document: Any, facts: Sequence[Sequence[str]]) -> None:
    table = _new_table(document, len(facts), (10, 24, 10, 34, 10, 16))
    for row, cells in zip(table.rows, facts, strict=True):
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            run(cell.paragraphs[0], text, 9, HEI if place % 2 == 0 else SONG)
    document.add_paragraph()


def _table(document: Any, layout: Layout) -> None:
    if not layout["rows"]:
        document.add_paragraph(layout["empty"])
        return
    rows = [*layout["rows"], *([layout["total"]] if layout["total"] else [])]
    above, last = rows[:-WITH_SIGNATURES], rows[-WITH_SIGNATURES:]
    if above:
        _rows(document, layout, above, head=True, stay=False)
        seam(document)
    _rows(document, layout, last, head=not above, stay=True)


def _rows(document: Any, layout: Layout, rows: Sequence[Sequence[str]], *, head: bool, stay: bool) -> None:
    """A table; ``stay``: on the page of what follows it, which programs do of whole tables only."""
    columns = layout["columns"]
    table = _new_table(document, len(rows) + head, [width for _, width, _ in columns])
    grid = [list(row.cells) for row in table.rows]
    if head:
        mark(table.rows[0], "w:tblHeader")  # repeated on every page
        for cell, (label, _, right) in zip(grid[0], columns, strict=True):
            _fill(cell, label, right=right, keep=stay, font=HEI)
            _shade(cell)
    for cells, texts in zip(grid[head:], rows, strict=True):
        for cell, text, (_, _, right) in zip(cells, texts, columns, strict=True):
            _fill(cell, text, right=right, keep=stay)
    for row in table.rows:
        mark(row, "w:cantSplit")  # Word splits a row that is longer than a page all the same


def _end(document: Any, layout: Layout) -> None:
    for note in layout["notes"]:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(4)
        run(paragraph, note, 8.5)
    signatures = layout["signatures"]
    table = _new_table(document, 1, [25] * len(signatures))
    mark(table.rows[0], "w:cantSplit")
    for cell, who in zip(table.rows[0].cells, signatures, strict=True):
        run(cell.paragraphs[0], f"{who}（签章）：", 10.5)
        cell.add_paragraph()
        run(cell.add_paragraph(), "      年    月    日", 10.5)
    for place, text in layout["annex"]:
        heading = document.add_paragraph()
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.space_before = Pt(6)
        run(heading, place, 10.5, HEI)
        run(document.add_paragraph(), text, 9)


def _new_table(document: Any, rows: int, widths: Sequence[int]) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    pad(table)
    whole = WIDE - 2 * MARGIN
    for column, width in zip(table.columns, widths, strict=True):
        size = Mm(whole * width / sum(widths))
        column.width = size
        for cell in column.cells:
            cell.width = size
    return table


def _fill(cell: Any, text: str, *, right: bool, keep: bool, font: str = SONG) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.keep_with_next = keep
    run(paragraph, text, 8, font)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:fill", "EEF1F5")):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001  # as above
