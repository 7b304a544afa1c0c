"""Enrolments in a sheet, as offices keep them: staff code, name, unit, PIN. Pure, bytes in and rows out."""

import re
from typing import Any

from gateway.devices.sheets import cells_of

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
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


def rows_of(data: bytes) -> list[dict[str, Any]] | None:
    """Return the rows that say who has which PIN, each with its number in the sheet; None where no headings name person and PIN.

    A row with a last day tells what is over and is left out.
    """
    places: dict[str, int] | None = None
    found = []
    for number, cells in cells_of(data):
        if places is None:
            named = _places(cells)
            places = named if {"person", "pin"} <= set(named) else None
            continue
        told = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        if any(told.values()) and not told.get("ends"):
            found.append(_row(number, told))
    return None if places is None else found


def _row(number: int, told: dict[str, str]) -> dict[str, Any]:
    day = _DAY.fullmatch(told.get("starts", ""))
    starts = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else told.get("starts", "")
    return {
        "row": number,
        **{name: told.get(name, "")[:100] for name in ("person", "name", "pin", "device_group")},
        "starts": starts[:20],
    }


def _places(cells: list[str]) -> dict[str, int]:
    return {
        name: place
        for name, words in _KNOWN.items()
        for place, cell in enumerate(cells)
        if cell.strip().lower() in words
    }
