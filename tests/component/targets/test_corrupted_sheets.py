"""Every kind of spoiled sheet gives its precise error; what offices do on purpose is no error."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from tests.unit.targets.corruptions import BOOKS, FILES, ROWS, TIER, Fault, book, change
from tests.unit.targets.reference import as_csv, library, row_of, rows, sheet


@pytest.mark.parametrize(("data", "fault"), [pytest.param(*one[1:], id=one[0]) for one in ROWS])
def test_a_row_that_is_spoiled_is_named_with_its_cell(data: bytes, fault: Fault):
    found = {(one.code, one.row, one.column) for one in library(data)[1]}
    if fault[0] == "sum.not_100":
        assert {one[0] for one in found} == {"sum.not_100"}
    else:
        assert fault in found


@pytest.mark.parametrize(("data", "fault"), [pytest.param(*one[1:], id=one[0]) for one in BOOKS])
def test_a_cell_of_a_workbook_that_is_spoiled_is_named(data: bytes, fault: Fault):
    assert fault in {(one.code, one.row, one.column) for one in library(data)[1]}


@pytest.mark.parametrize(("data", "fault"), [pytest.param(*one[1:], id=one[0]) for one in FILES])
def test_a_file_that_cannot_be_used_says_why_and_where(data: bytes, fault: Fault):
    found = {(one.code, one.row, one.column) for one in library(data)[1]}
    assert found >= {fault} if fault[0].startswith("column") else found == {fault}


def test_there_are_at_least_forty_kinds():
    kinds = [one[0] for one in (*ROWS, *BOOKS, *FILES)]
    assert len(set(kinds)) == len(kinds) >= 80


def test_a_mark_of_utf8_is_no_fault():
    assert library(b"\xef\xbb\xbf" + sheet("indicators"))[1] == []


def test_a_heading_that_names_its_level_otherwise_is_pointed_out():
    table = rows("indicators")
    heading = {**dict.fromkeys(table[0], ""), "code": "01-01", "level2": "别的"}
    found = [(one.code, one.row, one.column) for one in library(as_csv([heading, *table]))[1]]
    assert found == [("heading.differs", 2, "name")]


def test_levels_left_blank_below_a_merged_cell_are_filled_from_the_code():
    table, seen = rows("indicators"), set()
    for row in table:
        for column, digits in (("level1", 2), ("level2", 5)):
            if row["code"][:digits] in seen:
                row[column] = ""
            seen.add(row["code"][:digits])
    indicators, faults = library(as_csv(table))
    assert faults == []
    assert [(one.level1, one.level2) for one in indicators] == [
        (row["level1"], row["level2"]) for row in rows("indicators")
    ]


def test_percent_cells_and_shares_written_with_a_percent_sign_are_the_same_number():
    position = list(rows("indicators")[0]).index("history_2025") + 1

    def percent(page) -> None:
        page.cell(row_of("indicators", TIER), position).value = 0.931
        page.cell(row_of("indicators", TIER), position).number_format = "0.0%"

    for data in (book(percent), change(TIER, history_2025="93.1%")):
        indicators, faults = library(data)
        assert faults == []
        assert next(one for one in indicators if one.indicator == TIER).history["2025"] == Decimal("0.931")


GROUPS = (
    "编码,指标,,,类别,性质,考核方法,口,层次,单位,满分（分）,规则,参数,周期,核评科室,佐证材料,考核标准*,依据,数据来源,"
    "近三年实绩,,,目标,单人上限"
)


def offices_own_layout() -> bytes:
    """A title over everything, headings in two rows with merged groups, Chinese names and words."""
    table = rows("indicators")
    made = Workbook()
    page = made.active
    page.append(["滨河分局2026年度考核指标库"])
    page.merge_cells("A1:Y1")
    page.append([name or None for name in GROUPS.split(",")])
    page.append([None, "一级指标", "二级指标", "三级指标", *[None] * 15, "2023年", "2024年", "2025年", "2026年"])
    for first, last in (("B", "D"), ("T", "V")):
        page.merge_cells(f"{first}2:{last}2")
    for row in table:
        words = {"common": "共性类", "professional": "专业类"}
        page.append([words.get(value, value) for value in row.values()])
    same = next(number for number, row in enumerate(table) if row["level1"] != table[0]["level1"])
    page.merge_cells(start_row=4, end_row=3 + same, start_column=2, end_column=2)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_title_merged_groups_and_chinese_names_are_read_as_offices_make_them():
    indicators, faults = library(offices_own_layout())
    assert faults == []
    plain, _ = library(sheet("indicators"))
    assert [{**vars(one), "row": 0} for one in indicators] == [{**vars(one), "row": 0} for one in plain]
    assert indicators[0].row == 4
