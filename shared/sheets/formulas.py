"""Texts that a spreadsheet program would take for formulas: the one place that keeps them texts, for every sheet that goes out.

A name like ``=HYPERLINK(…)`` is harmless here and runs on the computer of whoever opens the export.
"""

import re
from copy import copy
from typing import Any

# What begins a formula, in full width too, or hides its beginning; a plain number is none.
_BEGINS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")


def shielded(text: str) -> str:
    """Return ``text`` for a cell of a CSV file: with an apostrophe before what would be a formula."""
    return f"'{text}" if is_formula(text) else text


def unshielded(text: str) -> str:
    """Return what ``shielded`` was given."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet program may run ``text``; also of one that is shielded, so that shielding can be undone."""
    return bool(_BEGINS.match(text)) and not _NUMBER.fullmatch(text)


def set_text(cell: Any, text: str) -> None:
    """Write ``text`` into a cell of openpyxl as a text, and so that it stays one when somebody edits the cell."""
    cell.value = text
    cell.data_type = "s"
    if is_formula(text):
        cell._style = copy(cell._style)  # noqa: SLF001  # cells share their look
        cell.quotePrefix = True
