"""评价码: one-time tokens as QR codes to cut out and hand over, eight a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import segno
from fpdf.enums import WrapMode

from gateway.paper.lines import broken
from gateway.paper.sheet import HEI, INK, MARGIN, SONG, Sheet
from gateway.paper.words import cut

COLUMNS, ROWS = 2, 4
HEIGHT = 62.0  # mm of one slip
CODE = 40.0  # mm of a code: read at arm's length by any phone
TOP = 16.0
LONGEST = 30  # characters of a title: three lines beside the code


def token_sheet(document: dict[str, Any]) -> bytes:
    """Draw the sheet of tokens; ``document``: {"bureau_name", "title", "links", "at"}."""
    at = datetime.fromisoformat(document["at"])
    sheet = Sheet(f"评价码 {document['title']}", "每码限用一次，请勿复印留存；评价匿名，发放时不要登记谁拿了哪一张", at)
    sheet.set_auto_page_break(auto=False)
    for number, link in enumerate(document["links"]):
        place = number % (COLUMNS * ROWS)
        if number and not place:
            sheet.add_page()
        _slip(sheet, document, link, place)
    return bytes(sheet.output())


def _slip(sheet: Sheet, document: dict[str, Any], link: str, place: int) -> None:
    width = sheet.epw / COLUMNS
    left, top = MARGIN + place % COLUMNS * width, TOP + place // COLUMNS * HEIGHT
    sheet.set_draw_color(170, 170, 170)
    sheet.set_dash_pattern(dash=2, gap=2)
    sheet.rect(left, top, width, HEIGHT)
    sheet.set_dash_pattern()
    _code(sheet, segno.make(link, error="m", micro=False).matrix, left + 4.5, top + 4.5)
    room = width - CODE - 10
    said = [
        (SONG, 7, document["bureau_name"]),
        (HEI, 9.5, cut(document["title"], LONGEST)),
        (SONG, 9, "请用手机扫码，逐项选择等次后提交。"),
        (SONG, 8, "匿名评价，无需登录；本码只能用一次。"),
    ]
    _text(sheet, said, left + CODE + 8, top + 4, room)
    _text(sheet, [(SONG, 6, link)], left + 4, top + CODE + 8, width - 6)


def _code(sheet: Sheet, matrix: Sequence[Sequence[int]], left: float, top: float) -> None:
    size = CODE / len(matrix)
    sheet.set_fill_color(0, 0, 0)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:  # a hair wider than it is, or viewers show white lines between modules
                sheet.rect(left + x * size, top + y * size, size * 1.02, size * 1.02, style="F")


def _text(sheet: Sheet, lines: Sequence[tuple[str, float, str]], left: float, top: float, width: float) -> None:
    sheet.set_text_color(*INK)
    for family, size, text in lines:
        sheet.set_font(family, size=size)
        sheet.set_xy(left, top)
        fitted = broken(text, width - 2 * sheet.c_margin, sheet.get_string_width)
        sheet.multi_cell(width, size * 0.5, fitted, align="L", wrapmode=WrapMode.CHAR, new_x="LEFT", new_y="NEXT")
        top = sheet.get_y() + 1
