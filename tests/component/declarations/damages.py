"""What offices do to the workbook of a form, some thirty kinds, each with the code and the words that it is refused with."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from tests.component.declarations.sheets import edited, filled

Book = bytes
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ITEM = "01-01-01|done"


def archive(**parts: bytes) -> Book:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return stream.getvalue()


def beside(book: Book, **parts: bytes) -> Book:
    """With further parts in its archive."""
    stream = io.BytesIO(book)
    with zipfile.ZipFile(stream, "a") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return stream.getvalue()


def said(value: Any) -> Callable[[Book], Book]:
    return lambda book: filled(book, (ITEM, "declared", value))


def page_edited(edit: Callable[[Any], None]) -> Callable[[Book], Book]:
    return lambda book: edited(filled(book, (ITEM, "declared", 3)), lambda opened: edit(opened.worksheets[0]))


def row_of(page: Any, key: str) -> int:
    return next(row[0].row for row in page.iter_rows() if row[0].value == key)


def exchange(page: Any) -> None:
    """Everything that is seen of two rows is exchanged; the hidden keys stay."""
    first, second = row_of(page, ITEM), row_of(page, "06-06-06|done")
    for place in range(2, page.max_column + 1):
        one, other = page.cell(first, place), page.cell(second, place)
        one.value, other.value = other.value, one.value


def merge(page: Any) -> None:
    row = row_of(page, ITEM)
    page.merge_cells(start_row=row, end_row=row + 1, start_column=10, end_column=10)


def insert(page: Any) -> None:
    row = row_of(page, ITEM)
    page.insert_rows(row + 1)
    page.cell(row + 1, 10).value = 9


def paste_over_key(page: Any) -> None:
    page.cell(row_of(page, ITEM), 1).value = "99-99-99|done"


def clear_keys(page: Any) -> None:
    for row in page.iter_rows(min_row=7):
        row[0].value = None


REFUSED: dict[str, tuple[Callable[[Book], Book], str, str]] = {
    "an empty file": (lambda _: b" ", "sheet.format", "请上传系统导出的 .xlsx 文件"),
    "a text": (lambda _: "编码,数量".encode(), "sheet.format", "请上传系统导出的 .xlsx 文件"),
    "a page saved as .xls": (lambda _: b"<html><table></table>", "sheet.web_page", "这是网页，不是工作簿，请另存为 .xlsx 工作簿后上传"),
    "an old .xls": (lambda _: OLD, "sheet.old_office", "这是旧版 .xls 文件，请另存为 .xlsx 工作簿后上传"),
    "a password": (lambda _: OLD + "EncryptedPackage".encode("utf-16-le"), "sheet.locked", "工作簿设有打开密码，请去除密码后上传"),
    "an .ods": (lambda _: archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "sheet.ods", "这是 OpenDocument 表格（.ods），请另存为 .xlsx 工作簿后上传"),
    "an .xlsb": (lambda _: archive(xl__workbook_DOT_bin=b"x"), "sheet.binary", "这是二进制工作簿（.xlsb），请另存为 .xlsx 工作簿后上传"),
    "macros": (lambda book: beside(book, xl__vbaProject_DOT_bin=b"x"), "sheet.macros", "工作簿含宏（.xlsm），请另存为 .xlsx 工作簿后上传"),
    "a packed file": (lambda _: archive(a=b"x"), "sheet.archive", "这是压缩包或其他文件，不是工作簿，请另存为 .xlsx 工作簿后上传"),
    "half a file": (lambda book: book[: len(book) // 2], "sheet.unreadable", "无法读取该工作簿，文件可能不完整"),
    "words for a number": (said("三"), "cell.number", "“三”不是数，请填数字"),
    "nothing in a word": (said("无"), "cell.nothing", "“无”不是数：本期没有发生请填 0，不申报请留空"),
    "nothing in a dash": (said("－"), "cell.nothing", "“－”不是数：本期没有发生请填 0，不申报请留空"),
    "a negative number": (said("-1"), "cell.negative", "“-1”是负数，请填不小于 0 的数"),
    "a negative number in full width": (said("－１"), "cell.negative", "“-1”是负数，请填不小于 0 的数"),
    "a percentage": (said("95%"), "cell.percent", "“95%”是百分比，请分别填写件数"),
    "another unit": (said("3万"), "cell.unit", "“3万”带有单位，请只填数字"),
    "a wrong grouping": (said("1,23"), "cell.number", "“1,23”不是数，请填数字"),
    "a formula": (said("=1+1"), "cell.formula", "单元格是公式，请粘贴为数值"),
    "an error value": (said("#REF!"), "cell.error", "单元格是错误值"),
    "a half of what is whole": (said("0.5"), "counts.whole", "完成以“次”计，应为整数"),
    "more than can be": (said("99999999999"), "counts.impossible", "完成 99999999999 超过该指标可能的上限 1000000，请核对"),
    "more than is usual": (said("500"), "counts.unconfirmed", "完成 500 超过通常的 100，请核对；确实如此请勾选“已核对”后再报"),
    "rows exchanged": (page_edited(exchange), "form.exchanged", "本行是“01-01-01”的，看到的却是“06-06-06”：单元格被互换或覆盖，请重新导出后填写"),
    "merged cells": (page_edited(merge), "cell.merged", "单元格被合并，合并处的内容会丢失，请取消合并后重填"),
    "an inserted row": (page_edited(insert), "form.no_key", "该行是新插入的行，没有系统标识，不会被读取；请填在系统导出的行内"),
    "an unknown key": (page_edited(paste_over_key), "form.exchanged", ""),
    "all keys deleted": (page_edited(clear_keys), "form.no_key", ""),
    "the hidden page deleted": (lambda book: edited(book, lambda one: one.remove(one["kaohe"])), "form.not_ours", ""),
    "a column deleted": (page_edited(lambda page: page.delete_cols(10)), "form.columns", "缺少列：申报数量，请使用系统导出的表"),
}  # fmt: skip

OF_FILES = tuple(REFUSED)[:10]  # that no spreadsheet program opens, or not as this workbook


UNDERSTOOD: dict[str, Any] = {
    "a number": 3,
    "digits as text": "3",
    "digits in full width": "３",
    "the unit beside it": "3次",
    "the unit after a blank": "3 次",
    "decimals that are none": "3.0",
}
