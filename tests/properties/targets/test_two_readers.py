"""The quick way through a workbook gives what the thorough one gives, or is not taken."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from services.targets.sheets import xlsx_file
from services.targets.sheets.plain_xlsx import plain_rows
from shared.sheets.odd import Odd
from tests.unit.targets.corruptions import BOOKS, a_million_empty_rows
from tests.unit.targets.reference import as_xlsx, rows

FORMATS = (
    "General",
    "0.0%",
    "0.00",
    "@",
    "#,##0.00",
    "yyyy-mm-dd",
    "d/m/yyyy",
    "h:mm",
    "mm-dd-yy",
    "[h]:mm:ss",
    '0"件"',
    "m月d日",
)
numbers = st.one_of(
    st.integers(-(10**17), 10**17),
    st.integers(0, 60000),
    st.floats(-1e9, 1e9),
    st.sampled_from([0, 0.985, 0.29, 1165.5, 1e15, 1e-7, 44927.25]),
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
    st.sampled_from([" 办公室 ", "a\nb", "=1+1", "#REF!", "_x000D_", "０３", "98%", "<b>&\"'", "1e5", "x= y", "\u200b", "　"]),
)  # fmt: skip
days = st.one_of(
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)),
    st.sampled_from([time(3, 4), timedelta(hours=30)]),
)
cells = st.one_of(st.none(), texts, texts, numbers, numbers, st.booleans(), days)
Told = list[tuple[int, list[tuple[str, str]]]]


def told(data: bytes) -> Told:
    """Rows with what stands in them and whether it is odd; blank cells at the end say nothing."""
    found = []
    for number, values in xlsx_file.xlsx_rows(data, ()):
        row = [(str(one), one.kind if isinstance(one, Odd) else "") for one in values]
        while row and row[-1] == ("", ""):
            row.pop()
        found.append((number, row))
    return found


@pytest.fixture
def thoroughly(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Told]:
    def read(data: bytes) -> Told:
        with monkeypatch.context() as patched:
            patched.setattr(xlsx_file, "plain_rows", lambda *_: None)
            return told(data)

    return read


def workbook(grid, looks) -> bytes:
    book = Workbook()
    page = book.active
    for row, values in enumerate(grid, start=1):
        for column, value in enumerate(values, start=1):
            cell = page.cell(row, column)
            cell.value = value
            if value is not None and not isinstance(value, (date, time, timedelta)):
                cell.number_format = looks[(row + column) % len(looks)]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.filterwarnings("ignore:Cell ")  # a number that is no day in a cell formatted as one
@given(
    st.lists(st.lists(cells, max_size=6), min_size=1, max_size=6),
    st.lists(st.sampled_from(FORMATS), min_size=1, max_size=3),
)
def test_both_ways_tell_the_same_of_any_workbook(grid, looks):
    data = workbook(grid, looks)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(xlsx_file, "plain_rows", lambda *_: None)
        thorough = told(data)
    assert told(data) == thorough


@given(st.lists(st.lists(st.one_of(st.none(), texts, numbers), max_size=6), min_size=1, max_size=6))
def test_both_ways_tell_the_same_of_words_and_plain_numbers(grid):
    data = workbook(grid, ["General", "0.0%", "0.00"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(xlsx_file, "plain_rows", lambda *_: None)
        thorough = told(data)
    assert told(data) == thorough


def test_an_offices_library_is_read_the_quick_way(thoroughly):
    data = as_xlsx(rows("indicators"))
    assert plain_rows(data, ()) is not None
    assert told(data) == thoroughly(data)


@pytest.mark.parametrize("data", [pytest.param(one[1], id=one[0]) for one in BOOKS])
def test_spoiled_cells_are_told_alike(data: bytes, thoroughly):
    assert told(data) == thoroughly(data)


def far_cell() -> bytes:
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "code", "x"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sparse() -> bytes:
    book = Workbook()
    book.active["A1"], book.active["A99999"] = "code", "x"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return stream.getvalue()


REFERENCE = as_xlsx(rows("machine_figures"))
NOT_PLAIN = [
    ("a cell at the end of the grid", far_cell()),
    ("two cells far apart", sparse()),
    ("a million empty rows", a_million_empty_rows()),
    ("apostrophes around attributes", rezipped(REFERENCE, lambda _, part: part.replace(b'r="A1"', b"r='A1'"))),
    ("another name for the namespace", rezipped(REFERENCE, lambda _, part: part.replace(b"<row ", b"<x:row "))),
    ("years that begin in 1904", rezipped(REFERENCE, lambda _, part: part.replace(b"<workbookPr", b'<workbookPr date1904="1"'))),
    ("a part that is missing", rezipped(REFERENCE, lambda name, part: part.replace(b"sheet1", b"sheet7") if "rels" in name else part)),
    ("no zip at all", b"PK\x03\x04 no workbook"),
]  # fmt: skip


@pytest.mark.parametrize("data", [pytest.param(one[1], id=one[0]) for one in NOT_PLAIN])
def test_what_is_not_plain_is_left_to_the_thorough_way(data: bytes):
    assert plain_rows(data, ()) is None
