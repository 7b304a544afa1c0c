"""Files an office may upload, from the clean one to the one that was never a sheet."""

import io
import zipfile
from datetime import datetime

import pytest

from services.targets.sheets import SheetFile, read_sheet
from tests.unit.targets.reference import as_csv, as_xlsx, rows, sheet

COLUMNS = ("code", "figure")
GOOD = "code,figure\r\n02-01-01,late_early\r\n"


def read(data: bytes, columns=COLUMNS):
    lines, faults = read_sheet(SheetFile("machine_figures", data), columns)
    return lines, [(fault.code, fault.row, fault.column) for fault in faults]


def test_a_byte_order_mark_changes_nothing():
    assert read(b"\xef\xbb\xbf" + GOOD.encode()) == read(GOOD.encode())


def test_blank_lines_are_no_content():
    lines, faults = read(b"code,figure\n\n02-01-01,late_early\n,,\n , \n")
    assert not faults
    assert [dict(line.cells) for line in lines] == [{"code": "02-01-01", "figure": "late_early"}]


def test_spaces_around_a_word_would_make_another_word_and_are_pointed_out():
    assert read(b"code,figure\n02-01-01 ,late_early\n02-01-02,\xe3\x80\x80absence\n")[1] == [
        ("cell.spaces", 2, "code"),
        ("cell.spaces", 3, "figure"),
    ]


def test_columns_may_stand_in_any_order():
    lines, faults = read(b"figure,code\nlate_early,02-01-01\n")
    assert not faults
    assert lines[0].cells["code"] == "02-01-01"


def test_rows_are_counted_as_a_spreadsheet_counts_even_with_line_breaks_in_cells():
    lines, _ = read(b'code,figure\n"a\nb",x\nc,y\n')
    assert [line.number for line in lines] == [2, 3]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", ("sheet.empty", 0, "")),
        (b"code,figure\n", ("sheet.empty", 0, "")),
        (b"code\n02-01-01\n", ("column.missing", 1, "figure")),
        (b"code,figure,extra\n1,2,3\n", ("column.unknown", 1, "extra")),
        (b"code,figure,code\n1,2,3\n", ("column.duplicate", 1, "code")),
        (b"code,figure\n1,2,3\n", ("row.width", 2, "")),
        ("code,figure\n迟到,x\n".encode("gb18030"), ("sheet.encoding", 2, "")),
        (b'code,figure\n1,2\n"open,3\n', ("sheet.quotes", 3, "")),
        (b'code,figure\n"1"x,2\n', ("sheet.quotes", 2, "")),
        (b"code,figure\n1," + b"x" * 5001 + b"\n", ("cell.too_long", 2, "figure")),
        (b"code,figure\n1,a\0b\n", ("cell.characters", 2, "figure")),
        (b"code,figure\n" + b"1,2\n" * 120_001, ("sheet.too_many_rows", 120_002, "")),
        (b"x" * (11 * 1024 * 1024 + 1), ("sheet.too_large", 0, "")),
        (b"PK\x03\x04 no workbook at all", ("sheet.unreadable", 0, "")),
    ],
)
def test_a_file_that_cannot_be_read_says_where(data, fault):
    _, faults = read(data)
    assert fault in faults


def test_a_workbook_reads_like_the_csv():
    table = rows("indicators")
    from_csv, _ = read_sheet(SheetFile("indicators", as_csv(table)), tuple(table[0]))
    from_xlsx, faults = read_sheet(SheetFile("indicators", as_xlsx(table)), tuple(table[0]))
    assert not faults
    assert from_xlsx == from_csv


def test_numbers_typed_into_a_workbook_stay_what_was_typed():
    table = [{"code": "1", "figure": "0.985"}, {"code": "2", "figure": "1165.5"}, {"code": "3", "figure": "26000"}]
    lines, _ = read(as_xlsx(table, lambda column, text: float(text) if column == "figure" else text))
    assert [line.cells["figure"] for line in lines] == ["0.985", "1165.5", "26000"]


def test_a_code_that_became_a_date_in_the_workbook_is_pointed_out():
    data = as_xlsx(
        [{"code": "x", "figure": "y"}], lambda column, text: datetime(2003, 2, 1) if column == "code" else text
    )
    assert read(data)[1] == [("cell.date", 2, "code")]


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (41 * 1024 * 1024))
    assert read(stream.getvalue())[1] == [("sheet.too_large", 0, "")]


def test_a_damaged_workbook_is_unreadable_not_a_crash():
    data = bytearray(as_xlsx(rows("machine_figures")))
    data[200:400] = bytes(200)
    assert read(bytes(data))[1] == [("sheet.unreadable", 0, "")]


def test_the_reference_sheets_are_utf8_without_mark():
    assert not sheet("indicators").startswith(b"\xef\xbb\xbf")
