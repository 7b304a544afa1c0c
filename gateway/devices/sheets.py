"""Punches in a sheet (.csv or .xlsx), as offices keep them and other programs export them: pure, bytes in and punches out.

Columns are known by their headings; without any, they are those of a clock's own file: PIN, time, status, verify.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from gateway.devices.parser import Punch, Push, Rejected, decoded, parse_attlog
from gateway.devices.scrubbing import scrub
from shared.sheets.workbook import MOST_COLUMNS, is_xlsx, opened

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
_UNHEADED = {"pin": 0, "time": 1, "status": 2, "verify": 3}


@dataclass(frozen=True)
class Sheet:
    """``push``: what the rows say; ``rows``: the number of each row in the sheet, in the same order."""

    push: Push
    rows: tuple[int, ...]


def is_sheet(name: str, data: bytes) -> bool:
    """Tell whether a file is a sheet rather than a clock's own: by what it holds, a text by its name."""
    return is_xlsx(data) or name.lower().endswith(".csv")


def parse_sheet(data: bytes) -> Sheet:
    """Parse every row that says anything; raises ``Unreadable`` where it is no workbook."""
    places: dict[str, int] | None = None
    found: list[Punch | Rejected] = []
    numbers: list[int] = []
    for number, cells in cells_of(data):
        if not any(cells):
            continue
        headed = _places(cells) if places is None else None
        if headed:
            places = headed
            continue
        found.append(_row(cells, places or _UNHEADED))
        numbers.append(number)
    return Sheet(Push(tuple(found)), tuple(numbers))


def cells_of(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of a sheet as text with its number; raises ``Unreadable`` where it is no workbook."""
    return _xlsx_rows(data) if is_xlsx(data) else _csv_rows(data)


def _row(cells: Sequence[str], places: dict[str, int]) -> Punch | Rejected:
    told = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
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


def _csv_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(decoded(data.removeprefix(b"\xef\xbb\xbf")), newline=""))
    try:
        for cells in rows:
            yield rows.line_num, [cell.strip() for cell in cells[:MOST_COLUMNS]]
    except csv.Error:  # a field beyond all measure
        yield rows.line_num, ["?"]


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    with opened(data) as book:
        page = book.worksheets[0]
        page.reset_dimensions()  # what the file claims about its size need not be true
        for number, cells in enumerate(page.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
            yield number, [_text(cell) for cell in cells]


def _text(value: Any) -> str:
    """A cell as it is written; a time of the day stands in a column of its own, beside its date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
