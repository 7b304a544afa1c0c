"""What python-docx has no words for: Chinese fonts, room inside cells. The fonts are those of every Chinese Office; none is embedded."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

SONG, HEI = "宋体", "黑体"
_ROOM = {"top": 40, "start": 80, "bottom": 40, "end": 80}  # twentieths of a point
_CONTROL = dict.fromkeys(number for number in range(32) if number not in (9, 10))  # not allowed in XML


def run(paragraph: Any, text: str, size: float, font: str = SONG) -> Any:
    """Add ``text`` in a Chinese font, and return it."""
    added = paragraph.add_run(text.translate(_CONTROL))
    added.font.size, added.font.name = Pt(size), font
    added._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001  # python-docx names the Latin font only
    return added


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
