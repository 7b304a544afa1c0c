"""lines.csv: the bureau's own lines (口), their names and their number."""

import re
from collections.abc import Iterable, Mapping, Sequence

from services.targets.domain.faults import Fault
from services.targets.domain.sheet import Cells, Line, Notes
from services.targets.domain.units import Position, Unit
from shared.vocabulary.organisation import ALL_LINES, ALL_LINES_NAME

LINE_COLUMNS = ("code", "name")
MOST_LINES = 20
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read_lines(rows: Sequence[Line]) -> tuple[dict[str, str], list[Fault]]:
    """Read the lines: code -> name, in the sheet's order."""
    notes = Notes("lines")
    lines: dict[str, str] = {}
    for row in rows:
        cells = Cells(row, notes)
        code, name = cells.text("code"), cells.text("name", 50)
        if code and (not CODE.fullmatch(code) or code == ALL_LINES):
            zh, en = (
                "口编码应为小写字母、数字和下划线，且不为 all",
                "a line's code is lower case letters, digits, _; not all",
            )
            cells.fault("code", "code.form", zh, en)
        if code in lines:
            cells.fault("code", "code.duplicate", f"{code} 重复", f"{code} is given twice")
        if name in lines.values() or name == ALL_LINES_NAME:
            cells.fault("name", "name.duplicate", f"{name} 重复", f"{name} is given twice")
        lines.setdefault(code, name)
    if len(lines) > MOST_LINES:
        notes.note(0, "code", "lines.too_many", f"口不得超过 {MOST_LINES} 个", f"{MOST_LINES} lines at most")
    return lines, notes.faults


def check_lines(lines: Mapping[str, str], units: Iterable[Unit], positions: Iterable[Position]) -> list[Fault]:
    """Check that lines that units or positions belong to stay."""
    users = [(unit.line, unit.name) for unit in units if unit.active] + [(one.line, one.title) for one in positions]
    lost = {line: name for line, name in users if line not in lines and line != ALL_LINES}
    return [
        Fault("lines", 0, "code", "line.in_use", f"口 {line} 仍有“{name}”等使用", f"{line} is still used, by {name!r}")
        for line, name in lost.items()
    ]
