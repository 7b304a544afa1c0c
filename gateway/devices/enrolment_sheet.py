"""Enrolments in a sheet, as offices keep them: staff code, name, unit, PIN. Pure, bytes in and rows out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.devices.tables import table
from shared.sheets.odd import Odd

HEADINGS = {
    "person": "人员编号", "person_name": "姓名", "unit_name": "单位", "pin": "工号", "device_group": "设备组",
    "starts": "起始日", "ends": "截止日",
}  # fmt: skip
_KNOWN = {
    "person": {"人员编号", "人员代码", "编号", "person"},
    "name": {"姓名", "name"},
    "pin": {"工号", "指纹工号", "考勤号码", "登记号码", "pin"},
    "device_group": {"设备组", "device_group"},
    "starts": {"起始日", "起始日期", "starts"},
    "ends": {"截止日", "截止日期", "ends"},
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?", re.ASCII)
_BROKEN = ("sheet.quotes", "引号或分隔符有误", "malformed csv")


@dataclass
class Enrolments:
    """``rows``: who has which PIN, each with its number in the sheet; ``faults``: cells and lines that nobody can read."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)

    def note(self, row: int, fault: tuple[str, str, str], column: str | None = None) -> None:
        code, zh, en = fault
        named = {} if column is None else {"field": column}
        self.faults.append({"row": row, **named, "code": code, "zh": zh, "en": en})


def enrolments_of(data: bytes, name: str = "") -> Enrolments | None:
    """Return what a sheet says; None where no headings name person and PIN, ``Unreadable`` where it is no sheet.

    A row with a last day tells what is over and is left out.
    """
    places: dict[str, int] = {}
    head = 0
    found = Enrolments()
    with table(name, data) as brought:
        for number, cells in brought.rows:
            if cells is None:
                found.note(number, _BROKEN)
            elif not places:
                named = _places(cells)
                places, head = (named, number) if {"person", "pin"} <= set(named) else ({}, 0)
            else:
                _take(found, number, {one: cells[place] for one, place in places.items() if place < len(cells)})
        brought.check_merged(head, places.values())
    return found if places else None


def _take(found: Enrolments, number: int, told: dict[str, str]) -> None:
    odd = {name: cell for name, cell in told.items() if isinstance(cell, Odd)}
    for name, cell in odd.items():
        found.note(number, cell.fault, name)
    if any(told.values()) and not odd and not told.get("ends"):
        found.rows.append(_row(number, told))


def _row(number: int, told: dict[str, str]) -> dict[str, Any]:
    day = _DAY.fullmatch(told.get("starts", ""))
    starts = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else told.get("starts", "")
    return {
        "row": number,
        **{name: told.get(name, "")[:100] for name in ("person", "name", "pin", "device_group")},
        "starts": starts[:20],
    }


def _places(cells: Sequence[str]) -> dict[str, int]:
    return {
        name: place
        for name, words in _KNOWN.items()
        for place, cell in enumerate(cells)
        if cell.strip().lower() in words
    }
