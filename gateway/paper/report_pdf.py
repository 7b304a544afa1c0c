"""The year's report as PDF."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image

from gateway.paper.report import Grid, Heading, Paragraph, Part, Picture, SignedOff, parts, title
from gateway.paper.sheet import Sheet

FEW = 2  # rows of a table that is not parted
HEAD, CAPTION, FOOT = 10, 8, 18  # mm


def report_pdf(tree: dict[str, Any]) -> bytes:
    sheet = Sheet(title(tree), f"核算 {tree['run']}  依据 {tree['input_hash'][:16]}", _at(tree))
    sheet.entitle(tree.get("bureau_name") or "", title(tree))
    return pdf_of(sheet, list(parts(tree)))


def pdf_of(sheet: Sheet, every: Sequence[Part]) -> bytes:
    """Return a paper of parts, below what stands on the sheet already."""
    for part, following in zip(every, [*every[1:], None], strict=True):
        if isinstance(part, Heading) and isinstance(following, Picture) and not _fits(sheet, following, HEAD):
            sheet.add_page()  # the heading goes with its picture
        if isinstance(following, SignedOff) and isinstance(part, Grid | Paragraph):
            _set_last(sheet, part)
        else:
            _set(sheet, part)
    return bytes(sheet.output())


def _set(sheet: Any, part: Part) -> None:
    match part:
        case Heading():
            sheet.heading(part.text)
        case Paragraph():
            sheet.paragraph(part.text, 10.5)
        case Grid():
            sheet.grid(part.rows, part.widths, right=part.right)
        case Picture():
            _picture(sheet, part)
        case SignedOff():
            sheet.signed_off(part.who, part.day)


def _set_last(sheet: Sheet, part: Grid | Paragraph) -> None:
    """So that the 落款 never stands alone on a page: the table's last row, or the paragraph, goes with it."""
    with sheet.offset_rendering() as trial:
        _set(trial, part)
        over, room = trial.page_break_triggered, trial.has_room_to_sign_off()
    if room or (over and isinstance(part, Paragraph)):
        _set(sheet, part)
        return
    rows = part.rows if isinstance(part, Grid) else []
    if isinstance(part, Grid) and len(rows) > FEW:
        _set(sheet, replace(part, rows=rows[:-1]))
        part = replace(part, rows=[rows[0], rows[-1]])
    sheet.add_page()
    _set(sheet, part)


def _picture(sheet: Sheet, part: Picture) -> None:
    """With its caption on the same page."""
    if not _fits(sheet, part):
        sheet.add_page()
    sheet.image(BytesIO(part.png), w=sheet.epw)
    sheet.caption(part.caption)


def _fits(sheet: Sheet, part: Picture, more: float = 0) -> bool:
    with Image.open(BytesIO(part.png)) as image:
        height = sheet.epw * image.height / image.width
    return sheet.get_y() + height + CAPTION + more <= sheet.h - FOOT


def _at(tree: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(tree["frozen_at"])
