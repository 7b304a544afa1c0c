"""Tables are printed from rows that nobody holds together; what goes wrong on the way leaves no half file."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from gateway.paper import printing
from gateway.paper.printing import tabled
from shared.errors import NotFound, TooLarge

COLUMNS = {"subject": "text", "points": "d2", "nominated": "yes"}
HEADINGS = {"subject": "代码", "points": "得分"}
Row = Mapping[str, object]
ROWS: list[Row] = [
    {"subject": "=1+1", "points": "12.50", "nominated": True, "beyond": "left out"},
    {"subject": "P\n2", "points": None, "nominated": False},
]


def _made(form: str, rows: Iterable[Row]) -> bytes:
    with tabled(form, COLUMNS, HEADINGS, rows, {}) as file:
        return file.read()


def test_a_workbook_keeps_texts_as_texts_and_decimals_as_they_are() -> None:
    page = load_workbook(BytesIO(_made("xlsx", ROWS))).active
    assert [[cell.value for cell in row] for row in page.rows] == [
        ["代码", "得分", "nominated"],
        ["=1+1", 12.5, "是"],
        ["P\n2", None, "否"],
    ]
    assert page["A2"].data_type == "s"


@pytest.mark.parametrize("rows", [ROWS, []])
def test_parquet_holds_the_same_and_may_be_empty(rows: list[Row], tmp_path: Path) -> None:
    target = tmp_path / "table.parquet"
    target.write_bytes(_made("parquet", rows))
    found = duckdb.sql(f"SELECT subject, CAST(points AS VARCHAR), nominated FROM '{target}'").fetchall()
    assert found == [(row["subject"], row["points"], row["nominated"]) for row in rows]


def test_rows_are_taken_one_by_one() -> None:
    alive: set[int] = set()

    class Counted(dict[str, str]):
        def __init__(self, number: int) -> None:
            super().__init__(subject=str(number))
            self.number = number
            alive.add(number)

        def __del__(self) -> None:
            alive.discard(self.number)

    def rows() -> Iterator[Counted]:
        for number in range(100):
            yield Counted(number)
            assert len(alive) <= 2

    assert _made("parquet", rows())[:4] == b"PAR1"


def test_what_a_workbook_cannot_hold_is_refused_before_it_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(printing.MOST_ROWS, "xlsx", 1)
    with pytest.raises(TooLarge) as refused:
        _made("xlsx", ROWS)
    assert refused.value.code == "export.too_long"


def test_a_refusal_while_rows_come_in_reaches_the_caller() -> None:
    def rows() -> Iterator[dict[str, str]]:
        yield {"subject": "P1"}
        raise NotFound("run.unknown", zh="没有这次计分", en="there is no such run")

    with pytest.raises(NotFound):
        _made("xlsx", rows())
