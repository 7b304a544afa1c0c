"""What python-docx has no words for: Chinese fonts, room inside cells. The fonts are those of every Chinese Office; none is embedded."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

SONG, HEI = "宋体", "黑体"
FOOT, FOOT_DISTANCE = 8, 7  # points; mm from the paper's edge
_ROOM = {"top": 40, "start": 80, "bottom": 40, "end": 80}  # twentieths of a point
_CONTROL = dict.fromkeys(number for number in range(32) if number not in (9, 10))  # not allowed in XML


def run(paragraph: Any, text: str, size: float, font: str = SONG) -> Any:
    """Add ``text`` in a Chinese font, and return it."""
    added = paragraph.add_run(text.translate(_CONTROL))
    added.font.size, added.font.name = Pt(size), font
    added._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001  # python-docx names the Latin font only
    return added


def entitle(document: Any, bureau: str, title: str, size: float) -> None:
    """Write whose paper it is, where it is somebody's, and what it is."""
    for text, points, font in ((bureau, 12, SONG), (title, size, HEI)):
        if text:
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run(paragraph, text, points, font)


def set_up(document: Any, size: float) -> None:
    """Make Chinese what no run says otherwise of; by the language programs choose the shapes of characters and marks."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = SONG, Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def count_pages(section: Any, text: str) -> None:
    """Write ``text`` at the foot of every page, with its number and how many there are."""
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(foot, f"{text}    第 ", FOOT)
    _field(foot, "PAGE")
    run(foot, " 页，共 ", FOOT)
    _field(foot, "NUMPAGES")
    run(foot, " 页", FOOT)
    section.footer_distance = Mm(FOOT_DISTANCE)


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts: of this page, of all pages."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)  # noqa: SLF001  # the library has no name for it
    field.append(run(paragraph, "1", FOOT)._element)  # noqa: SLF001  # as above: moved into the field, where it keeps its look


def mark(row: Any, name: str) -> None:
    """Give a row of a table a property: w:tblHeader is repeated on every page, w:cantSplit stays whole."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # as above
    one = OxmlElement(name)
    one.set(qn("w:val"), "true")
    properties.append(one)


def seam(document: Any) -> None:
    """Add the lowest paragraph there is: without one two tables are one."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)
    run(paragraph, "", 1)


def pad(table: Any) -> None:
    """Keep what stands in cells off their lines: without it some programs print it upon them."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in _ROOM.items():
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(width))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    properties = table._tbl.tblPr  # noqa: SLF001  # as above
    look = properties.find(qn("w:tblLook"))  # the schema wants the margins before it
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)
