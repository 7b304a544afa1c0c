"""CSV (RFC 4180) in UTF-8, with or without a byte order mark."""

import csv
import io
from collections.abc import Iterator, Sequence

from shared.sheets.formulas import unshielded
from shared.sheets.unreadable import Unreadable


def csv_rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield records with their number, the header being 1: the row a spreadsheet
    would show, line breaks in cells or not."""
    content = _text(data)
    _check_separator(content)
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [unshielded(cell) for cell in cells]
    except csv.Error as error:
        zh = "引号不成对，或引号之后还有内容：单元格里的引号应写成两个"
        raise Unreadable(
            "sheet.quotes", zh, "quotes are not paired, or something follows one", row=number + 1
        ) from error


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        zh, en = f"不是 UTF-8 编码{_guess(data)}，请另存为“CSV UTF-8”", "not UTF-8: save it as CSV UTF-8"
        raise Unreadable("sheet.encoding", zh, en, row=row) from error


def _guess(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "（而是 UTF-16）"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "（而是 GBK）"


def _check_separator(content: str) -> None:
    first = content.partition("\n")[0]
    for separator, name in (("\t", "制表符"), (";", "分号"), ("，", "全角逗号")):
        if separator in first and "," not in first:
            zh, en = f"列应以半角逗号分隔，而不是{name}", f"columns are separated by commas, not by {separator!r}"
            raise Unreadable("sheet.separator", zh, en, row=1)
