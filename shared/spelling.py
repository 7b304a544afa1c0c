"""How Chinese names are typed by their sound (docs/decisions/0123-names-by-their-sound.md)."""

import os
from collections.abc import Iterable
from functools import cache
from itertools import islice, product
from typing import Any

from sqlalchemy import ColumnElement, func

_MOST = 16  # readings of one name; a name of four characters with two readings each has as many


def spelling(name: str) -> str:
    """Return every way to spell ``name`` in pinyin, whole and by initials:
    单田芳 → "dantianfang dtf shantianfang stf …"."""
    whole = _readings(name, "NORMAL")
    initials = _readings(name, "FIRST_LETTER")
    return " ".join(dict.fromkeys((*whole[:1], *initials, *whole[1:])))


def spelled(column: ColumnElement[Any], q: str) -> ColumnElement[bool]:
    """Return the condition that a spelling in ``column`` begins with ``q``."""
    return func.concat(" ", column).contains(f" {q.lower()}", autoescape=True)


def _readings(name: str, style: str) -> list[str]:
    pinyin, styles = _library()
    parts: list[list[str]] = pinyin(name.replace(" ", ""), style=styles[style], heteronym=True)
    told: Iterable[tuple[str, ...]] = product(*parts)
    return list(dict.fromkeys("".join(one).lower() for one in islice(told, _MOST)))


@cache
def _library() -> tuple[Any, Any]:
    """Without its dictionary of phrases: in names it would hide a surname's own reading, and it takes 45 MB."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    return pinyin, Style
