"""The quick way through a workbook of plain cells. Whatever is not plain is left to the way that tells every oddity.

Calamine reads ten times as fast as openpyxl, but tells neither formulas, merged cells nor a grid blown up by one far cell, and the two see dates,
escapes and long numbers differently. So the XML is looked through for all of that first: only where nothing of it is found is
the answer of both known to be the same (docs/decisions/0119; tests/properties/targets/test_two_readers.py compares them).
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from services.targets.domain.headers import tidy

_BLOCK = 1 << 20
_OVERLAP = 64
_PROLOGUE = 300  # the XML declaration, which ends with a line break
_DENSE_ANYWAY = 20_000  # rows of the widest grid that never fill the memory
_FEWEST_CELLS = 5  # a row, in a longer sheet
# Merged cells, formulas, errors, dates by name, phonetic runs, escapes; and XML that is written otherwise than spreadsheet programs write it.
_ODD = (
    *(b"mergeCell", b"<f>", b"<f ", b"<f/", b't="e"', b't="d"', b"<rPh", b"_x", b"&#x", b"<![CDATA["),
    *(b"='", b"= ", b' ="', b":row ", b":row>", b":c ", b":c>", b":si>", b":t>"),
)
# Control characters, cells beyond the columns that are read, rows beyond 99,999, numbers whose digits a float would lose.
_FAR = re.compile(
    rb'&#(?:[0-9]|[12][0-9]|3[01]);| r="(?:[A-Z]{3}|[C-Z][A-Z]|B[I-Z]|[A-Z]{0,2}[0-9]{6})|<v>(?:-?[0-9]{16}|-0<)'
)
_ROW = re.compile(rb'<row [^>]*?r="([0-9]+)"')
_CUSTOM = re.compile(rb'<numFmt [^>]*?numFmtId="([0-9]+)"[^>]*?formatCode="([^"]*)"|<numFmt [^>]*?formatCode="([^"]*)"')
_NUMBERS = re.compile(rb"[0#?.,%;_()\\ *$-]+|General|@")
_TARGET = re.compile(rb'Target="(?:/xl/|/)?([^"]+)"')
_USED = re.compile(rb'numFmtId="([0-9]+)"')
_BUILT_IN = frozenset({*range(14), 37, 38, 39, 40, 48, 49})  # numbers, shares and texts; no dates


def plain_rows(data: bytes, titles: Collection[str]) -> Iterator[list[Any]] | None:
    """Yield rows from the first one on, blank cells as empty texts; None where
    the workbook is not known to be plain."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not _is_plain(archive):
                return None
        sheet = _sheet(CalamineWorkbook.from_filelike(io.BytesIO(data)), titles)
    # NotImplementedError is zipfile's own, for a way of packing that it does not know
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, OSError):
        return None  # the other way says what is wrong with it
    return _from_the_first_column(sheet) if sheet is not None else None


def _from_the_first_column(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Calamine begins with the first row of the grid, but with the first column that holds something."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    return (before + row for row in sheet.iter_rows()) if before else iter(sheet.iter_rows())


def _sheet(book: CalamineWorkbook, titles: Collection[str]) -> CalamineSheet | None:
    pages = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    named = [one.name for one in pages if tidy(one.name) in titles]
    shown = [one.name for one in pages if one.visible == SheetVisibleEnum.Visible]
    return book.get_sheet_by_name((named or shown)[0]) if named or shown else None


def _is_plain(archive: zipfile.ZipFile) -> bool:
    """Every part is read to its end, and so proved whole, before anybody else unpacks it."""
    names = archive.namelist()
    if len(set(names)) < len(names) or b"date1904" in archive.read("xl/workbook.xml"):
        return False
    parts = {"xl/" + name.decode() for name in _TARGET.findall(archive.read("xl/_rels/workbook.xml.rels"))}
    if not parts <= set(names) or not _has_plain_styles(archive.read("xl/styles.xml")):
        return False
    looked_through = {name for name in parts if "styles" not in name and "theme" not in name}
    for name in sorted(set(names) - looked_through):
        archive.read(name)
    return all(_is_plain_part(archive, name) for name in sorted(looked_through))


def _has_plain_styles(styles: bytes) -> bool:
    custom = dict[bytes, bytes]()
    for number, code, unnumbered in _CUSTOM.findall(styles):
        if unnumbered:
            return False
        custom[number] = code.replace(b"&quot;", b'"')
    used = set(_USED.findall(styles))
    if any(not _NUMBERS.fullmatch(code) for code in custom.values()):
        return False
    return all(number in custom or int(number) in _BUILT_IN for number in used)


def _is_plain_part(archive: zipfile.ZipFile, name: str) -> bool:
    """Looked through block by block, so that a large sheet is never in the memory as a whole."""
    cells = last = position = 0
    kept = b""
    with archive.open(name) as stream:
        while block := stream.read(_BLOCK):
            seen = kept + block
            if any(mark in seen for mark in _ODD) or _FAR.search(seen) or b"\r" in seen[max(0, _PROLOGUE - position) :]:
                return False
            cells += block.count(b"<c ")
            for found in _ROW.finditer(seen):
                last = int(found[1])
            kept = seen[-_OVERLAP:]
            position += len(block)
    return last <= _DENSE_ANYWAY or cells >= _FEWEST_CELLS * last
