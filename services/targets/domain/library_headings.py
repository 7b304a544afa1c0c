"""Rows of a sheet that head a level: 03 政务运行与内部管理, 03-02 政务信息; and levels left blank below a merged cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.targets.domain.sheet import Line, Notes

_LEVEL = re.compile(r"[0-9]{2}(-[0-9]{2})?")
_NAMING = ("level1", "level2", "name")


def split_headings(lines: Sequence[Line], notes: Notes) -> list[Line]:
    """Split the headings off and return the rows of indicators; a heading must
    be called what the rows of its level are."""
    items: list[Line] = []
    headings: list[tuple[Line, str]] = []
    for line in lines:
        name = _heading(line)
        if name:
            headings.append((line, name))
        else:
            items.append(_filled(line, items[-1] if items else None))
    _check(headings, items, notes)
    return items


def _heading(line: Line) -> str:
    """What a heading row calls its level; nothing where the row is an indicator's."""
    cells = {column: value for column, value in line.cells.items() if value}
    if not _LEVEL.fullmatch(cells.pop("code", "")) or not cells or any(column not in _NAMING for column in cells):
        return ""
    return [*cells.values()][-1]


def _filled(line: Line, above: Line | None) -> Line:
    """A level left blank takes the name from the row above where the code says that it is the same level."""
    if above is None:
        return line
    code, known = line.cells.get("code", ""), above.cells.get("code", "")
    missing = {
        column: above.cells.get(column, "")
        for column, digits in (("level1", 2), ("level2", 5))
        if code and not line.cells.get(column) and column not in line.spoiled and code[:digits] == known[:digits]
    }
    return replace(line, cells={**line.cells, **missing}) if missing else line


def _check(headings: Sequence[tuple[Line, str]], items: Sequence[Line], notes: Notes) -> None:
    names: dict[str, str] = {}
    for line in items:
        code = line.cells.get("code", "")
        names.setdefault(code[:2], line.cells.get("level1", ""))
        names.setdefault(code[:5], line.cells.get("level2", ""))
    for line, name in headings:
        _compare(line, name, names, notes)


def _compare(line: Line, name: str, names: Mapping[str, str], notes: Notes) -> None:
    code = line.cells["code"]
    known = names.get(code)
    if known is None:
        notes.note(line.number, "code", "heading.empty", f"{code} 下没有指标", f"there are no items below {code}")
    elif known != name:
        zh, en = f"{code} 的标题与下面各行的名称“{known}”不同", f"the rows below call {code} {known!r}"
        notes.note(line.number, "name", "heading.differs", zh, en)
