"""A4 pages in Chinese: headings, paragraphs and tables, with an embedded font and a footer that says what the paper is."""

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import as_file, files
from typing import Any

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout
from fpdf.fonts import FontFace

from gateway.paper.lines import broken

SONG, HEI = "song", "hei"  # 宋体 for text, 黑体 for headings
INK, GREY, PALE = (20, 20, 20), (90, 90, 90), (238, 241, 245)
MARGIN = 16.0  # mm
ROOM = 45.0  # mm that must be left under a heading
FEW_LINES = 20.0  # mm, under one over lines of text, which may go on over the page
PADDING = 0.8  # mm inside a cell
SEAL, SIGNED = 8.0, 24.0  # mm over a 落款, and of it, with a name of two lines


def add_fonts(paper: FPDF) -> None:
    """Give ``paper`` the fonts that Chinese is set in, by their families."""
    fonts = files("pylopdf_fonts_zh_cn")
    for family, name in ((SONG, "NotoSerifSC-Regular.otf"), (HEI, "NotoSansSC-Regular.otf")):
        with as_file(fonts / name) as path:
            paper.add_font(family, fname=str(path))


class Sheet(FPDF):
    """``footer_text`` stands on every page beside its number; ``at`` is the document's date, so that the same data print the same bytes."""

    def __init__(self, title: str, footer_text: str, at: datetime, *, landscape: bool = False) -> None:
        super().__init__(orientation="landscape" if landscape else "portrait", format="A4")
        self.footer_text = footer_text
        self.set_title(title)
        self.set_creation_date(at)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=18)
        add_fonts(self)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-13)
        self.set_font(SONG, size=8)
        self.set_text_color(*GREY)
        self.cell(0, 5, f"{self.footer_text}    第 {self.page_no()} 页，共 {{nb}} 页", align=Align.C)

    def heading(self, text: str, size: float = 12, *, center: bool = False) -> None:
        room = ROOM if size > 9 else FEW_LINES
        room += 15 if size >= 12 else 0  # of a part: its first item's heading has to fit as well
        if self.get_y() > self.h - room:  # a heading never stands alone at the foot of a page
            self.add_page()
        self.set_font(HEI, size=size)
        self.set_text_color(*INK)
        self.ln(2)
        self.multi_cell(0, size * 0.55, text, align=Align.C if center else Align.L, new_x="LMARGIN", new_y="NEXT")
        self.ln(1)

    def entitle(self, bureau: str, title: str) -> None:
        """Write whose paper it is and what it is, on its first page."""
        self.set_font(SONG, size=12)
        self.set_text_color(*INK)
        if bureau:
            self.multi_cell(0, 6, bureau, align=Align.C, new_x="LMARGIN", new_y="NEXT")
        self.heading(title, 17, center=True)

    def signed_off(self, who: str, day: str) -> None:
        """落款: who answers for the paper, with room for the seal, and the day."""
        lines = (who, day)
        self.set_font(SONG, size=11)
        self.set_text_color(*INK)
        if not self.has_room_to_sign_off():
            self.add_page()
        self.ln(SEAL)
        wide = min(self.epw, max(map(self.get_string_width, lines)) + 4 * self.c_margin)
        for line in lines:  # one above the other's middle: the seal is set over both
            self.set_x(-MARGIN - wide)
            self.multi_cell(wide, 8, self._broken(line, wide), align=Align.C, new_x="LMARGIN", new_y="NEXT")

    def has_room_to_sign_off(self, above: float = 0) -> bool:
        """Tell whether a 落款 still fits on this page, under ``above`` mm of something else."""
        return self.get_y() + above + SEAL + SIGNED <= self.page_break_trigger

    def paragraph(self, text: str, size: float = 10, *, grey: bool = False) -> None:
        self.set_font(SONG, size=size)
        self.set_text_color(*(GREY if grey else INK))
        self.multi_cell(0, size * 0.55, self._broken(text, self.epw), align=Align.L, new_x="LMARGIN", new_y="NEXT")
        self.ln(0.6)

    def caption(self, text: str) -> None:
        self.set_font(SONG, size=9)
        self.set_text_color(*GREY)
        self.multi_cell(0, 5, text, align=Align.C, new_x="LMARGIN", new_y="NEXT")
        self.ln(1)

    def grid(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        *,
        head: bool = True,
        right: Sequence[int] = (),
        center: Sequence[int] = (),
        size: float = 9,
        gap: float = 1.5,
        least: float | None = None,
    ) -> None:
        """Draw a table; ``right`` names the columns of numbers, ``center`` those of marks, ``least`` mm is a row high.

        Its head is repeated on every page, no row is split.
        """
        self.set_font(SONG, size=size)
        self.set_text_color(*INK)
        self.set_draw_color(170, 170, 170)
        headings: Any = FontFace(family=HEI, emphasis="", fill_color=PALE)
        rooms = [self.epw * width / sum(widths) - 2 * PADDING for width in widths]
        align = [
            Align.R if column in right else Align.C if column in center else Align.L for column in range(len(widths))
        ]
        with self.table(
            col_widths=tuple(widths),
            text_align=tuple(align),
            headings_style=headings,
            first_row_as_headings=head,
            line_height=size * 0.5,
            borders_layout=TableBordersLayout.ALL,
            padding=PADDING,
            min_row_height=least,
        ) as table:
            for row in rows:
                table.row([self._broken(cell, room) for cell, room in zip(row, rooms, strict=True)])
        self.ln(gap)

    def _broken(self, text: str, width: float) -> str:
        """``text`` in lines that fit into ``width``, less what cells keep free on both sides."""
        return broken(text, width - 2 * self.c_margin, self.get_string_width)
