"""CSV (RFC 4180) in UTF-8, with or without a byte order mark."""

import csv
import io
from collections.abc import Iterator, Sequence

from services.targets.sheets.unreadable import Unreadable


def csv_rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Records with their number, the header being 1: the row a spreadsheet would show, line breaks in cells or not."""
    reader = csv.reader(io.StringIO(_text(data), newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise Unreadable(
            "sheet.quotes", f"引号或分隔符有误：{error}", f"malformed csv: {error}", row=number + 1
        ) from error


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            "sheet.encoding", "不是 UTF-8 编码，请另存为“CSV UTF-8”", "not UTF-8: save it as CSV UTF-8", row=row
        ) from error
