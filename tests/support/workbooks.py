"""Workbooks as offices make them: one page of plain rows."""

import io

from openpyxl import Workbook


def book(*rows: tuple[object, ...]) -> bytes:
    """An .xlsx with ``rows`` on its only page."""
    made, out = Workbook(), io.BytesIO()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(row)
    made.save(out)
    return out.getvalue()
