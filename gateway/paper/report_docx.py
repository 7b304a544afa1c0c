"""The year's report as .docx, for whoever goes on writing in it."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, RGBColor

from gateway.paper.docx_text import HEI, SONG, count_pages, entitle, mark, pad, run, seam, set_up
from gateway.paper.report import Grid, Heading, Paragraph, Part, Picture, SignedOff, parts, title

WIDTH = 16.0  # cm between the margins


def report_docx(tree: dict[str, Any]) -> bytes:
    comments = f"核算 {tree['run']} 依据 {tree['input_hash']}"
    at = datetime.fromisoformat(tree["frozen_at"])
    return docx_of(tree.get("bureau_name") or "", title(tree), parts(tree), comments, at)


def docx_of(bureau: str, name: str, every: Sequence[Part], comments: str, at: datetime) -> bytes:
    """Return a paper of parts, under whose it is and what it is called."""
    document = Document()
    _prepare(document, name, comments, at)
    entitle(document, bureau, name, 18)
    for part, following in zip(every, [*every[1:], None], strict=True):
        _set(document, part, last=isinstance(following, SignedOff))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _prepare(document: Any, name: str, comments: str, at: datetime) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    set_up(document, 11)
    count_pages(section, name)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = name, "绩效考核系统", comments
    properties.created = properties.modified = at


def _set(document: Any, part: Part, *, last: bool) -> None:
    """``last``: before the 落款, which is never alone on a page."""
    match part:
        case Heading():
            heading = document.add_heading(level=1)
            run(heading, part.text, 14, HEI).font.color.rgb = RGBColor(0, 0, 0)
        case Paragraph():
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = last
            run(paragraph, part.text, 11)
        case Grid():
            above = Grid(part.rows[:-1], part.widths, part.right)
            if last and len(above.rows) > 1:
                _grid(document, above)
                seam(document)
                _grid(document, Grid(part.rows[-1:], part.widths, part.right), head=False, stay=True)
            else:
                _grid(document, part, stay=last)
            document.add_paragraph().paragraph_format.keep_with_next = last
        case Picture():
            picture = document.add_paragraph()
            picture.paragraph_format.keep_with_next = True  # never on another page than its caption
            picture.add_run().add_picture(BytesIO(part.png), width=Cm(WIDTH))
            caption = document.add_paragraph()
            caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run(caption, part.caption, 9, SONG)
        case SignedOff():
            for text in (part.who, part.day):
                line = document.add_paragraph()
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                line.paragraph_format.keep_with_next = text != part.day
                run(line, text, 11)


def _grid(document: Any, part: Grid, *, head: bool = True, stay: bool = False) -> None:
    """``stay``: on the page of what follows the table."""
    table = document.add_table(rows=len(part.rows), cols=len(part.widths), style="Table Grid")
    table.autofit = False
    pad(table)
    for column, width in enumerate(part.widths):
        table.columns[column].width = Cm(WIDTH * width / sum(part.widths))
    cells = table._cells  # noqa: SLF001  # cells by row and column would be found anew for each, in square time
    for number, text in enumerate(one for row in part.rows for one in row):
        row, column = divmod(number, len(part.widths))
        cell = cells[number]
        cell.width = table.columns[column].width
        paragraph = cell.paragraphs[0]
        if column in part.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_with_next = stay
        run(paragraph, text, 9, HEI if head and not row else SONG)
    if head:
        mark(table.rows[0], "w:tblHeader")  # repeated on every page
    for one in table.rows:
        mark(one, "w:cantSplit")
