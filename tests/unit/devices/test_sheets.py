"""Punches in a sheet: what offices keep, what other programs export, and what is wrong with a row."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from gateway.devices.parser import Punch
from gateway.devices.sheets import is_sheet, parse_sheet
from shared.sheets.unreadable import Unreadable
from tests.support.workbooks import book

AT = datetime(2026, 3, 4, 8, 55)
Told = list[tuple[int, object]]


def merged(*areas: str, rows: tuple[tuple[object, ...], ...]) -> bytes:
    made, out = load_workbook(io.BytesIO(book(*rows))), io.BytesIO()
    for area in areas:
        made.worksheets[0].merge_cells(area)
    made.save(out)
    return out.getvalue()


def told(data: bytes) -> Told:
    """(row, (PIN, time, status, verify) or why not)."""
    sheet = parse_sheet(data)
    return [
        (row, (one.pin, one.time, one.status, one.verify) if isinstance(one, Punch) else one.reason)
        for row, one in zip(sheet.rows, sheet.push.in_order, strict=True)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_columns_are_known_by_their_headings(encoding: str) -> None:
    text = "部门,姓名,考勤号码,日期时间,记录状态,比对方式\n一所,张三,007,2026/3/4 8:55,上班,指纹\n\n一所,李四,8,2026-3-4 8:55:00,1,密码\n"
    found = told(text.encode(encoding))
    assert found == [(2, ("007", AT, 255, 1)), (4, ("8", AT, 1, 3))]


def test_a_date_and_a_time_of_the_day_may_stand_apart() -> None:
    assert told("工号,日期,时间\n7,2026年3月4日,8:55\n".encode()) == [(2, ("7", AT, 255, 0))]


def test_without_headings_the_columns_are_those_of_a_clocks_own_file() -> None:
    assert told(b"7,2026-03-04 08:55:00,1,15\n") == [(1, ("7", AT, 1, 15))]


def test_cells_of_a_workbook_are_read_as_what_they_are() -> None:
    found = told(
        book(
            ("统计表",),
            ("工号", "打卡时间", "验证方式"),
            (7, AT, "人脸"),
            ("007", "2026-03-04 08:55", None),
            (7.0, "8:55", ""),
            (None, AT, ""),
        )
    )
    assert found == [(1, "time"), (3, ("7", AT, 255, 15)), (4, ("007", AT, 255, 0)), (5, "time"), (6, "pin")]


def test_a_workbook_with_date_and_time_in_cells_of_their_own() -> None:
    rows = ("工号", "日期", "时间"), (7, datetime(2026, 3, 4), AT.time())
    assert told(book(*rows)) == [(2, ("7", AT, 255, 0))]


def test_a_row_that_is_no_punch_is_kept_without_what_nobody_may_keep() -> None:
    (one,) = parse_sheet("工号,时间,证件\n7,昨天,11010119900307123X\n".encode()).push.rejected
    assert (one.reason, one.raw) == ("time", "7\t昨天\t[…]")


def test_what_claims_to_be_a_workbook_and_is_none_is_refused_as_a_whole() -> None:
    with pytest.raises(Unreadable):
        parse_sheet(b"PK\x03\x04nonsense")


def test_a_quote_that_never_ends_swallows_no_row() -> None:
    text = '工号,时间,备注\n7,2026-03-04 08:55:00,"好\n8,2026-03-04 08:55:00,\n9,2026-03-04 08:55:00,"a"b\n'
    assert told(text.encode()) == [(2, "columns"), (3, ("8", AT, 255, 0)), (4, "columns")]
    good = '工号,时间,备注\n7,2026-03-04 08:55:00,"两\n行"\n8,2026-03-04 08:55:00,\n'
    assert [row for row, _ in told(good.encode())] == [3, 4]
    long = f"7,2026-03-04 08:55:00\n8,{'x' * 140_000}\n9,2026-03-04 08:55:00\n"
    assert told(long.encode()) == [(1, ("7", AT, 255, 0)), (2, "columns"), (3, ("9", AT, 255, 0))]


def test_a_formula_is_nobodys_number() -> None:
    assert told(book(("工号", "时间"), ("=1+6", AT), (7, "=NOW()"))) == [(2, "pin"), (3, "time")]


def test_merged_cells_are_refused_where_they_are_read_and_nowhere_else() -> None:
    rows = ("统计表",), ("部门", "工号", "时间"), ("一所", 7, AT), (None, 7, AT)
    assert [one for _, one in told(merged("A1:C1", "A3:A4", rows=rows))] == ["time"] + [("7", AT, 255, 0)] * 2
    with pytest.raises(Unreadable, match="row 3") as refused:
        told(merged("A1:C1", "B3:B4", rows=rows))
    assert (refused.value.code, refused.value.row) == ("cell.merged", 3)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"\xd0\xcf\x11\xe0 old", "打卡.xls", "sheet.old_office"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "打卡.xlsx", "sheet.locked"),
        (b"<html><table>", "打卡.xls", "sheet.web_page"),
        (b"7\t2026-03-04 08:55:00", "打卡.xlsx", "sheet.format"),
    ],
)
def test_what_is_no_plain_workbook_is_named(data: bytes, name: str, code: str) -> None:
    assert is_sheet(name, data)
    with pytest.raises(Unreadable) as refused:
        parse_sheet(data, name)
    assert refused.value.code == code


def test_a_workbook_that_unpacks_to_too_much_or_is_blank_to_the_end_of_the_grid_is_refused() -> None:
    packed = io.BytesIO(book(("7",)))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb", bytes(8 * 1024 * 1024))
    with pytest.raises(Unreadable) as bomb:
        parse_sheet(packed.getvalue())
    assert bomb.value.code == "sheet.too_large"
    with pytest.raises(Unreadable) as blank:
        parse_sheet(book(*[()] * 1500, ("7", AT)))
    assert blank.value.code == "sheet.blank_rows"


def test_a_clocks_own_file_is_no_sheet_whatever_it_is_called() -> None:
    assert not is_sheet("1_attlog.dat", b"    7\t2026-03-04 08:55:00\t255\t1\n")
    assert is_sheet("PUNCHES.CSV", b"")
    assert is_sheet("1_attlog.dat", book(("7",)))


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04"]))
def test_any_bytes_are_a_sheet_of_so_many_rows_or_no_workbook(data: bytes, begin: bytes) -> None:
    try:
        sheet = parse_sheet(begin + data)
    except Unreadable:
        assert is_sheet("", begin + data), "only what begins as a workbook can be none"
    else:
        assert len(sheet.rows) == sheet.push.lines
