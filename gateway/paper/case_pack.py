"""案卷: the whole file of a case as one PDF: a cover, its index, what was done and told, each paper as it was made, the attachments.

Papers are our own PDFs and taken in as they are. Of what strangers uploaded only pictures come here (gateway/api/case_packs.py).
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
from fpdf.enums import Align

from gateway.paper.official import FOOT, LEFT, OfficialSheet
from gateway.paper.sheet import GREY, HEI, SONG
from shared.clock import midnight_of

Pack = dict[str, Any]
HISTORY = (["步骤", "发生时间", "录入时间", "事项", "经办", "说明"], (8, 21, 21, 16, 13, 31))
TOLD = (["告知事项", "当事人", "期限", "告知时间", "方式", "凭证、文书", "收到日期"], (19, 12, 18, 22, 13, 26, 18))
INDEX_LINES = 22  # of a page of the index
POINTS = 72 / 25.4  # of a millimetre
_TOP = 9.0  # mm from the paper's edge to its number in the file


@dataclass(frozen=True)
class Section:
    """``level``: 0 stands in the index by itself, 1 belongs to the one before. ``pages``: how many; ``content``: of a PDF of its
    own, None where they are the next pages of the body."""

    title: str
    pages: int
    level: int = 0
    content: bytes | None = None


class PackSheet(OfficialSheet):
    """Our own pages of the file: they are numbered through the whole, so none has a number of its own."""

    def footer(self) -> None:
        return


def case_pack(pack: Pack) -> bytes:
    """Return the PDF's bytes. ``papers``: title and ``path``; ``attachments``: title, and ``paths`` of pictures or ``reason``.

    Fonts cost seconds each time they are opened: all our own pages are one PDF, cover, index and numbers another.
    """
    body = _new(pack)
    sections = [*_written(body, pack), *_papers(body, pack), *_attachments(body, pack)]
    begin = 1 + -(-len(sections) // INDEX_LINES)
    lengths = [one.pages for one in sections]
    starts = [begin + 1 + sum(lengths[:place]) for place in range(len(sections))]
    whole = pypdfium2.PdfDocument.new()
    own, taken = pypdfium2.PdfDocument(bytes(body.output())), 0
    for section in sections:
        if section.content is not None:
            whole.import_pages(pypdfium2.PdfDocument(section.content))
        else:
            whole.import_pages(own, list(range(taken, taken + section.pages)))
            taken += section.pages
    sizes = [page.get_size() for page in whole]
    front = pypdfium2.PdfDocument(_front_and_numbers(pack, sections, starts, sizes))
    whole.import_pages(front, list(range(begin)), index=0)
    for place, page in enumerate(whole):
        page.insert_obj(front.page_as_xobject(begin + place, whole).as_pageobject())
        page.gen_content()
    stream = io.BytesIO()
    whole.save(stream)
    return stream.getvalue()


def _written(body: PackSheet, pack: Pack) -> list[Section]:
    return [
        _section(body, "案件基本情况", lambda: _facts(body, pack), first=True),
        _section(body, "办理经过", lambda: _history(body, pack)),
        _section(body, "告知情况", lambda: _told(body, pack)),
    ]


def _papers(body: PackSheet, pack: Pack) -> list[Section]:
    listed = pack["papers"]
    text = f"共 {len(listed)} 份，依制作先后排列。" if listed else "没有制作文书。"
    head = _section(body, "文书", lambda: _parting(body, "文书", text))
    return [head, *(_paper(one) for one in listed)]


def _paper(one: Pack) -> Section:
    content = Path(one["path"]).read_bytes()
    with pypdfium2.PdfDocument(content) as document:
        return Section(one["title"], len(document), 1, content)


def _attachments(body: PackSheet, pack: Pack) -> list[Section]:
    listed = pack["attachments"]
    text = f"共 {len(listed)} 份，依上传先后排列。" if listed else "没有附件。"
    head = _section(body, "附件", lambda: _parting(body, "附件", text))
    return [head, *(_section(body, one["title"], partial(_attachment, body, one), level=1) for one in listed)]


def _section(body: PackSheet, title: str, draw: Callable[[], None], *, level: int = 0, first: bool = False) -> Section:
    if not first:
        body.add_page()
    begun = body.page_no()
    draw()
    return Section(title, body.page_no() - begun + 1, level)


def _front_and_numbers(
    pack: Pack, sections: Sequence[Section], starts: Sequence[int], sizes: Sequence[tuple[float, float]]
) -> bytes:
    """Draw the cover and the index, and behind them for each page of the whole one with nothing but its number."""
    sheet = _new(pack)
    sheet.ln(35)
    sheet.title_lines(pack["bureau"], "投诉举报案卷")
    sheet.ln(18)
    facts = (("登记编号", "number"), ("办理状态", "status"), ("整理日期", "made_on"), ("整理人", "made_by"))
    sheet.fact_rows([(label, pack[name]) for label, name in facts], 40)
    for place, (section, start) in enumerate(zip(sections, starts, strict=True)):
        if place % INDEX_LINES == 0:
            sheet.add_page()
            sheet.title_lines("", "目　录")
            sheet.ln(4)
        _index_line(sheet, section, start)
    every = [(sheet.w * POINTS, sheet.h * POINTS)] * sheet.page_no() + list(sizes)
    sheet.set_auto_page_break(auto=False)
    for number, (wide, high) in enumerate(every, start=1):
        sheet.add_page(format=(wide / POINTS, high / POINTS))
        sheet.set_font(SONG, size=9)
        sheet.set_text_color(*GREY)
        sheet.set_xy(0, _TOP)
        sheet.cell(wide / POINTS - 18, 5, f"案卷 {pack['number']}　第 {number} 页，共 {len(every)} 页", align=Align.R)
    return bytes(sheet.output())


def _index_line(sheet: OfficialSheet, section: Section, start: int) -> None:
    sheet.set_font(SONG if section.level else HEI, size=11 if section.level else 13)
    indent = 8.0 * section.level
    room = sheet.epw - indent - 14
    title = section.title
    while sheet.get_string_width(title) > room:
        title = f"{title[:-2]}…"
    sheet.set_x(LEFT + indent)
    dots = "·" * max(0, int((room - sheet.get_string_width(title)) / sheet.get_string_width("·")) - 2)
    sheet.cell(room, 9, f"{title} {dots}")
    sheet.cell(14, 9, str(start), align=Align.R, new_x="LMARGIN", new_y="NEXT")


def _facts(sheet: OfficialSheet, pack: Pack) -> None:
    _parting(sheet, "案件基本情况", "")
    for part in pack["facts"]:
        sheet.fact_rows(part["rows"])


def _history(sheet: OfficialSheet, pack: Pack) -> None:
    _parting(sheet, "办理经过", "每一步的发生时间和录入时间；更正、撤销以原步骤编号注明。")
    head, widths = HISTORY
    sheet.grid([head, *pack["history"]], widths, size=9)


def _told(sheet: OfficialSheet, pack: Pack) -> None:
    _parting(sheet, "告知情况", "" if pack["notifications"] else "没有需要告知的事项。")
    if pack["notifications"]:
        head, widths = TOLD
        sheet.grid([head, *pack["notifications"]], widths, size=9)


def _attachment(body: PackSheet, one: Pack) -> None:
    for number, path in enumerate(one["paths"]):
        if number:
            body.add_page()
        _caption(body, one["title"])
        high = body.h - FOOT - body.get_y()
        body.image(path, x=LEFT, y=body.get_y(), w=body.epw, h=high, keep_aspect_ratio=True)
    if one["reason"]:
        if one["paths"]:
            body.add_page()
        _caption(body, one["title"])
        body.body(one["reason"])


def _caption(sheet: OfficialSheet, text: str) -> None:
    sheet.small(text)
    sheet.ln(2)


def _parting(sheet: OfficialSheet, title: str, text: str) -> None:
    sheet.title_lines("", title)
    sheet.ln(2)
    if text:
        sheet.small(text)
        sheet.ln(3)


def _new(pack: Pack) -> PackSheet:
    made = midnight_of(datetime.fromisoformat(pack["made_on"]).date())
    return PackSheet(f"案卷 {pack['number']}", pack["number"], made)
