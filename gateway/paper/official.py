"""Pages as an office's papers have them (GB/T 9704 in spirit): wide margins, a heavy title, text of size 3, room for the seal."""

from collections.abc import Sequence
from datetime import datetime

from fpdf.enums import Align, TextMode

from gateway.paper.sheet import GREY, HEI, INK, SONG, Sheet

LEFT, TOP, RIGHT, FOOT = 28.0, 30.0, 26.0, 22.0  # mm
TEXT, LEADING = 15.0, 9.4  # points of text, mm from line to line
CELL, BLACK = 11.0, (60, 60, 60)
_INSIDE = 2.0  # mm inside a cell
_SIGNATURE, _OVER_SEAL = 12.0, 12.0  # mm of a line for a signature; over the 落款, for the seal
_HEAVY = 0.28  # mm of stroke around the letters of a title, which makes it what 小标宋 looks like


SEALED = _OVER_SEAL + 2 * LEADING
SEAL = "（印章）"
BY_HAND = "签名：　　　　　　　　年　　月　　日"
SIGNED = "：　　　　　　　　　　年　　月　　日"  # after who signs


def signing_height(who: Sequence[str]) -> float:
    return _SIGNATURE * len(who) + 6 if who else 0.0


class OfficialSheet(Sheet):
    def __init__(self, title: str, footer_text: str, at: datetime) -> None:
        super().__init__(title, footer_text, at)
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(auto=True, margin=FOOT)
        self.set_xy(LEFT, TOP)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(SONG, size=9)
        self.set_text_color(*GREY)
        self.cell(0, 5, f"{self.footer_text}    第 {self.page_no()} 页，共 {{nb}} 页", align=Align.C)

    def title_lines(self, bureau: str, title: str) -> None:
        """Write whose paper it is and what it is, heavily."""
        self.set_text_color(*INK)
        self.set_draw_color(*INK)
        with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=_HEAVY):
            for text, size, height in ((bureau, 19, 12), (title, 24, 15)):
                if text:
                    self.set_font(SONG, size=size)
                    self.multi_cell(0, height, text, align=Align.C, new_x="LMARGIN", new_y="NEXT")

    def number_line(self, number: str) -> None:
        self.set_font(SONG, size=13)
        self.set_text_color(*INK)
        self.ln(2)
        self.multi_cell(0, 8, number, align=Align.R, new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def body(self, text: str, *, indent: bool = True) -> None:
        """Write a paragraph, its first line two characters in; its end is never alone on the next page with nothing."""
        self.set_font(SONG, size=TEXT)
        self.set_text_color(*INK)
        begun = f"　　{text}" if indent else text
        broken = self._broken(begun, self.epw)
        self.multi_cell(0, LEADING, broken, align=Align.L, new_x="LMARGIN", new_y="NEXT")

    def keep_together(self, text: str, below: float) -> None:
        """Begin a page where ``text`` and ``below`` mm after it do not fit on this one any more, but on one they would."""
        self.set_font(SONG, size=TEXT)
        high = LEADING * (self._broken(f"　　{text}", self.epw).count("\n") + 1) + below
        if self.get_y() + high > self.h - FOOT and high <= self.h - TOP - FOOT:
            self.add_page()

    def part_heading(self, text: str) -> None:
        if self.get_y() > self.h - FOOT - 3 * LEADING:
            self.add_page()
        self.set_font(HEI, size=TEXT)
        self.set_text_color(*INK)
        self.multi_cell(0, LEADING + 1, f"　　{text}", align=Align.L, new_x="LMARGIN", new_y="NEXT")

    def fact_rows(self, rows: Sequence[Sequence[str]], label: float = 30.0) -> None:
        """Draw a table of labels and what they say: one pair or two in a row, all of one height each, none split needlessly."""
        self.set_draw_color(*BLACK)
        plain, self.c_margin = self.c_margin, _INSIDE
        for row in rows:
            wide = self.epw if len(row) == 2 else self.epw / 2
            self._row(row, label, wide - label)
        self.c_margin = plain

    def _row(self, row: Sequence[str], label: float, value: float) -> None:
        self.set_font(SONG, size=CELL)
        self.set_text_color(*INK)
        widths = [label, value] * (len(row) // 2)
        texts = [self._broken(text, width) for text, width in zip(row, widths, strict=True)]
        high = max(9.5, *(6.2 * (text.count("\n") + 1) + 3.4 for text in texts))
        room = self.h - FOOT - self.get_y()
        if high > room and (high <= self.h - TOP - FOOT or room < 30):
            self.add_page()
        if high > self.h - FOOT - self.get_y():
            self._long_row(texts)
            return
        x, y = self.l_margin, self.get_y()
        for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
            self.rect(x, y, width, high)
            inside = 6.2 * (text.count("\n") + 1)
            self.set_xy(x, y + (high - inside) / 2)
            self.set_font(HEI if place % 2 == 0 else SONG, size=CELL)
            self.multi_cell(width, 6.2, text, align=Align.C if place % 2 == 0 else Align.L)
            x += width
        self.set_xy(self.l_margin, y + high)

    def _long_row(self, texts: Sequence[str]) -> None:
        """Of what is longer than a page: its label above it, then as a paragraph that goes on over pages."""
        self.ln(2)
        for place, text in enumerate(texts):
            self.set_font(HEI if place % 2 == 0 else SONG, size=CELL)
            whole = text.replace("\n", "") if place % 2 == 0 else self._broken(text.replace("\n", ""), self.epw)
            self.multi_cell(0, 6.2, whole, new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def hand_lines(self, label: str, count: int) -> None:
        """Leave room to be written in by hand: a box with its label."""
        high = 11.0 * count + 8
        if self.get_y() + high > self.h - FOOT:
            self.add_page()
        x, y = self.l_margin, self.get_y()
        self.set_draw_color(*BLACK)
        self.rect(x, y, 30, high)
        self.rect(x + 30, y, self.epw - 30, high)
        self.set_font(HEI, size=CELL)
        self.set_text_color(*INK)
        self.set_xy(x, y + high / 2 - 3)
        self.multi_cell(30, 6, label, align=Align.C)
        self.set_font(SONG, size=CELL)
        self.set_xy(x, y + high - 8)
        self.multi_cell(self.epw - 3, 6, BY_HAND, align=Align.R)
        self.set_xy(x, y + high)

    def signature_lines(self, who: Sequence[str]) -> None:
        if self.get_y() + signing_height(who) > self.h - FOOT:
            self.add_page()
        self.ln(4)
        self.set_font(SONG, size=12)
        self.set_text_color(*INK)
        for one in who:
            self.multi_cell(0, _SIGNATURE, one + SIGNED, new_x="LMARGIN", new_y="NEXT")

    def sealed(self, signer: str, day: str) -> None:
        """落款: two lines, one above the other's middle, with room above for the seal; never alone on a page."""
        self.set_font(SONG, size=TEXT)
        self.set_text_color(*INK)
        wide = min(self.epw, max(self.get_string_width(signer), self.get_string_width(day)) + 8)
        if self.get_y() + SEALED > self.h - FOOT:
            self.add_page()
        self.ln(_OVER_SEAL)
        for line in (signer, day):
            self.set_x(self.w - RIGHT - wide)
            self.multi_cell(wide, LEADING, self._broken(line, wide), align=Align.C, new_x="LMARGIN", new_y="NEXT")

    def small(self, text: str) -> None:
        self.set_font(SONG, size=10.5)
        self.set_text_color(*INK)
        self.multi_cell(0, 6.2, self._broken(text, self.epw), new_x="LMARGIN", new_y="NEXT")
