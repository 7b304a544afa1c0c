"""A form on A4 across: its table's head on every page, rows kept whole, the signatures never alone on the last page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gateway.paper.sheet import Sheet
from gateway.paper.words import WITH_SIGNATURES

Layout = dict[str, Any]
SIZE = 8.0


def form_paper(layout: Layout) -> bytes:
    """Return the PDF's bytes; the same layout gives the same bytes."""
    sheet = Sheet(layout["title"], layout["footer"], datetime.fromisoformat(layout["at"]), landscape=True)
    sheet.entitle(layout["bureau"], layout["title"])
    sheet.grid(layout["facts"], (10, 24, 10, 34, 10, 16), head=False, size=9)
    _table(sheet, layout)
    for place, text in layout["annex"]:
        sheet.heading(place, 10.5)
        sheet.paragraph(text, 9)
    return bytes(sheet.output())


def _table(sheet: Sheet, layout: Layout) -> None:
    labels = [label for label, _, _ in layout["columns"]]
    rows = [*layout["rows"], *([layout["total"]] if layout["total"] else [])]
    if not rows:
        sheet.paragraph(layout["empty"])
    above, last = rows[:-WITH_SIGNATURES], rows[-WITH_SIGNATURES:]
    if above:
        _grid(sheet, layout, [labels, *above], head=True)
    with sheet.offset_rendering() as trial:
        _end(trial, layout, last if above else [labels, *last], head=not above)
    broke = trial.page_break_triggered
    if broke and (above or last):
        sheet.add_page()
    headed = broke or not above
    _end(sheet, layout, [labels, *last] if headed and last else last, head=headed)


def _end(sheet: Any, layout: Layout, rows: Sequence[Sequence[str]], *, head: bool) -> None:
    if rows:
        _grid(sheet, layout, rows, head=head)
    sheet.ln(1.5)
    for note in layout["notes"]:
        sheet.paragraph(note, 8.5, grey=True)
    signatures = layout["signatures"]
    cells = [[f"{one}（签章）：" for one in signatures], ["\n      年    月    日" for _ in signatures]]
    sheet.grid(cells, [25] * len(signatures), head=False, size=10.5)


def _grid(sheet: Any, layout: Layout, rows: Sequence[Sequence[str]], *, head: bool) -> None:
    right = [place for place, (_, _, number) in enumerate(layout["columns"]) if number]
    sheet.grid(rows, [width for _, width, _ in layout["columns"]], head=head, right=right, size=SIZE, gap=0)
