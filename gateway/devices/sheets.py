"""Punches in a sheet (.csv or .xlsx), as offices keep them and other programs export them: pure, bytes in and punches out.

Columns are known by their headings; without any, they are those of a clock's own file: PIN, time, status, verify.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.devices.parser import Punch, Push, Rejected, parse_attlog
from gateway.devices.scrubbing import scrub
from gateway.devices.tables import is_workbook, table
from shared.sheets.odd import Odd

_HEADINGS = {
    "pin": {"工号", "指纹工号", "考勤号码", "登记号码", "人员编号", "编号", "pin", "userid", "user id", "ac-no."},
    "time": {"时间", "打卡时间", "考勤时间", "日期时间", "刷卡时间", "time", "datetime", "date/time"},
    "date": {"日期", "打卡日期", "考勤日期", "date"},
    "status": {"状态", "记录状态", "出勤状态", "status"},
    "verify": {"验证方式", "比对方式", "打卡方式", "verify", "verifycode"},
}
_VERIFY = {"指纹": "1", "密码": "3", "卡": "4", "刷卡": "4", "人脸": "15"}
_WHEN = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+|T)(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?(?:\.0+)?", re.ASCII
)
_BROKEN = Rejected("", "columns")
_UNHEADED = {"pin": 0, "time": 1, "status": 2, "verify": 3}


@dataclass(frozen=True)
class Sheet:
    """``push``: what the rows say; ``rows``: the number of each row in the sheet, in the same order."""

    push: Push
    rows: tuple[int, ...]


def is_sheet(name: str, data: bytes) -> bool:
    """Tell whether a file is a sheet rather than a clock's own: by what it holds, a text by its name."""
    return is_workbook(name, data) or name.lower().endswith(".csv")


def parse_sheet(data: bytes, name: str = "") -> Sheet:
    """Parse every row that says anything; raises ``Unreadable`` where it is no workbook, or one with merged cells."""
    places: dict[str, int] | None = None
    head = 0
    found: list[Punch | Rejected] = []
    numbers: list[int] = []
    with table(name, data) as brought:
        for number, cells in brought.rows:
            if cells is not None and not any(cells):
                continue
            headed = _places(cells) if places is None and cells is not None else None
            if headed:
                places, head = headed, number
                continue
            found.append(_BROKEN if cells is None else _row(cells, places or _UNHEADED))
            numbers.append(number)
        brought.check_merged(head, (places or _UNHEADED).values())
    return Sheet(Push(tuple(found)), tuple(numbers))


def _row(cells: Sequence[str], places: dict[str, int]) -> Punch | Rejected:
    told = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    if isinstance(told.get("pin"), Odd):  # a formula is nobody's number
        return Rejected(scrub("\t".join(cells))[:2000], "pin")
    if told.get("time"):  # a workbook gives a day as its midnight
        told["date"] = told.get("date", "").removesuffix(" 00:00:00")
    when = " ".join(told[name] for name in ("date", "time") if told.get(name))
    verify, status = told.get("verify", ""), told.get("status", "")
    line = "\t".join(
        [
            told.get("pin", ""),
            _when(when),
            status if status.isdecimal() else "",
            _VERIFY.get(verify, verify if verify.isdecimal() else ""),
        ]
    )
    (one,) = parse_attlog(line.encode()).in_order or (Rejected("", "columns"),)
    return one if isinstance(one, Punch) else Rejected(scrub("\t".join(cells))[:2000], one.reason)


def _when(text: str) -> str:
    """Return a time as clocks write it; what is none as it is."""
    found = _WHEN.fullmatch(text.strip())
    if found is None:
        return text
    year, month, day, hour, minute, second = found.groups()
    told = f"{year}-{int(month):02}-{int(day):02} {int(hour):02}:{minute}"
    return f"{told}:{second}" if second else told


def _places(cells: Sequence[str]) -> dict[str, int]:
    """Return which columns the headings name; none where the row is none of headings."""
    known = {
        name: place
        for name, words in _HEADINGS.items()
        for place, cell in enumerate(cells)
        if cell.strip().lower() in words
    }
    return known if "pin" in known and {"time", "date"} & set(known) else {}
