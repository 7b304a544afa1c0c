"""The year's report as PDF."""

from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image

from gateway.paper.report import Grid, Heading, Paragraph, Part, Picture, SignedOff, parts, title
from gateway.paper.sheet import Sheet

HEAD, CAPTION, FOOT = 10, 8, 18  # mm


def report_pdf(tree: dict[str, Any]) -> bytes:
    sheet = Sheet(title(tree), f"核算 {tree['run']}  依据 {tree['input_hash'][:16]}", _at(tree))
    sheet.entitle(tree.get("bureau_name") or "", title(tree))
    every = list(parts(tree))
    for part, following in zip(every, [*every[1:], None], strict=True):
        if isinstance(part, Heading) and isinstance(following, Picture) and not _fits(sheet, following, HEAD):
            sheet.add_page()  # the heading goes with its picture
        _set(sheet, part)
    return bytes(sheet.output())


def _set(sheet: Sheet, part: Part) -> None:
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
